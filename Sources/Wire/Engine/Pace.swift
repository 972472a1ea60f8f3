/// How many queries one server may have outstanding: more while it keeps up, fewer when it loses some.
///
/// As in TCP, the window doubles each round trip until the first loss, later grows by one, and halves on loss. It also stops
/// growing when answers take long by the server's own standard, because then they queue there and the next burst is lost.
struct Pace {
    static let initialWindow = 32
    static let smallestWindow = 8

    private(set) var window = Pace.initialWindow
    private(set) var inFlight = 0
    private let largestWindow: Int
    private var isSlowStart = true
    private var repliesTowardsGrowth = 0
    private var bestRTT = UInt64.max
    /// Losses of queries sent before this belong to the burst that already halved the window.
    private var lastHalving: UInt64 = 0

    init(largestWindow: Int) {
        self.largestWindow = max(1, largestWindow)
        window = min(Pace.initialWindow, self.largestWindow)
    }

    var hasRoom: Bool { inFlight < window }

    mutating func recordStart() {
        inFlight += 1
    }

    mutating func recordEnd() {
        inFlight -= 1
    }

    mutating func recordReply(rtt: UInt64) {
        bestRTT = min(bestRTT, rtt)
        // Half of it counts as used: replies come in bursts, before the next queries go out.
        guard 2 * inFlight >= window, window < largestWindow, rtt <= 2 * bestRTT + 1_000_000 else { return }
        repliesTowardsGrowth += 1
        if isSlowStart || repliesTowardsGrowth >= window {
            window += 1
            repliesTowardsGrowth = 0
        }
    }

    mutating func recordLoss(sentAt: UInt64, now: UInt64) {
        // A server that has never answered is not overtaxed but silent, and is not waited for any longer than it takes.
        guard sentAt >= lastHalving, bestRTT < .max else { return }
        lastHalving = now
        isSlowStart = false
        window = max(min(Pace.smallestWindow, largestWindow), window / 2)
    }
}
