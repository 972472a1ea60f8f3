import Testing

@testable import Wire

@Suite("A server's pace")
struct PaceTests {
    private static let millisecond: UInt64 = 1_000_000

    private func full(_ pace: inout Pace) {
        while pace.hasRoom { pace.recordStart() }
    }

    /// A round trip in which everything is answered.
    private func round(_ pace: inout Pace, rtt: UInt64) {
        full(&pace)
        for _ in 0..<pace.inFlight {
            pace.recordReply(rtt: rtt)
            pace.recordEnd()
            pace.recordStart()
        }
    }

    @Test("doubles each round trip while all is answered, up to its limit")
    func growth() {
        var pace = Pace(largestWindow: 200)
        var windows: [Int] = []
        for _ in 0..<4 {
            round(&pace, rtt: 20 * Self.millisecond)
            windows.append(pace.window)
        }
        #expect(windows == [64, 128, 200, 200])
    }

    @Test("does not grow when answers begin to take long, or when the window is not used")
    func queueing() {
        var pace = Pace(largestWindow: 1024)
        pace.recordReply(rtt: Self.millisecond)
        #expect(pace.window == Pace.initialWindow, "one query does not fill it")
        full(&pace)
        pace.recordReply(rtt: 4 * Self.millisecond)
        #expect(pace.window == Pace.initialWindow)
        pace.recordReply(rtt: 2 * Self.millisecond)
        #expect(pace.window == Pace.initialWindow + 1)
    }

    @Test("is not slowed by silence before the first answer")
    func silence() {
        var pace = Pace(largestWindow: 1024)
        full(&pace)
        for number in 1...10 { pace.recordLoss(sentAt: UInt64(number), now: UInt64(number)) }
        #expect(pace.window == Pace.initialWindow)
    }

    @Test("halves on loss, once for each burst, and then grows slowly")
    func loss() {
        var pace = Pace(largestWindow: 1024)
        round(&pace, rtt: Self.millisecond)
        #expect(pace.window == 64)
        pace.recordLoss(sentAt: 10, now: 100)
        pace.recordLoss(sentAt: 20, now: 100)
        #expect(pace.window == 32)
        for _ in 0..<40 { pace.recordEnd() }
        round(&pace, rtt: Self.millisecond)
        #expect(pace.window == 33)
        for number in 1...10 { pace.recordLoss(sentAt: UInt64(number) * 1000, now: UInt64(number) * 1000) }
        #expect(pace.window == Pace.smallestWindow)
    }
}
