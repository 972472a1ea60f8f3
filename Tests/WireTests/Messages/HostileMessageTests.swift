import CSys
import DNSModel
import Glibc
import TestSupport
import Testing

@testable import Wire

/// Messages of 64 KB made to cost as much as they can.
@Suite("A hostile message costs little", .serialized)
struct HostileMessageTests {
    #if DEBUG
        /// Without optimization everything takes many times as long.
        private static let timeLimit = Duration.milliseconds(250)
    #else
        private static let timeLimit = Duration.milliseconds(5)
    #endif
    private static let memoryLimit = 2_000_000

    @Test("of time", arguments: HostileMessage.all)
    func time(message: HostileMessage) {
        // The best of several, since other tests fill the caches at the same time.
        let times = (0..<5).map { _ in Self.processorTime { _ = HandMade.decode(message.octets) } }
        #expect(times.min() ?? .zero <= Self.timeLimit)
    }

    @Test("of memory", arguments: HostileMessage.all)
    func memory(message: HostileMessage) {
        let costs = (0..<5).map { _ in Self.memory { try? Self.decodeKeepingAll(message.octets) } }
        #expect(costs.min() ?? 0 <= Self.memoryLimit)
    }

    @Test("though what a server may well mean is let through")
    func outcomes() {
        let refused = Set(HostileMessage.all.filter(Self.isTooLarge).map(\.sentence))
        #expect(refused.isSuperset(of: ["one TXT of empty strings", "NS with long names", "NSEC with all windows"]))
        #expect(refused.isDisjoint(with: ["A records", "AAAA records", "one RRSIG", "EDNS with empty options"]))
    }

    /// What this thread took of a processor, however busy the machine is.
    private static func processorTime(_ body: () -> Void) -> Duration {
        func now() -> Duration {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        }
        let start = now()
        body()
        return now() - start
    }

    private static func isTooLarge(_ message: HostileMessage) -> Bool {
        if case .failure(.tooLarge) = HandMade.decode(message.octets) { return true }
        return false
    }

    /// What ldns and the values hold together, at the moment when both are there.
    private static func decodeKeepingAll(_ octets: [UInt8]) throws -> (Int, Response) {
        try octets.withUnsafeBufferPointer { octets in
            try PacketGate.check(octets.span)
            let packet = try Packet(checked: octets)
            let response = try packet.response(to: HandMade.question)
            let used = usedMemory
            // Both live until here.
            withExtendedLifetime(response) {}
            return (used, response)
        }
    }

    private static func memory(_ body: () -> (Int, Response)?) -> Int {
        let before = usedMemory
        guard let (after, _) = body() else { return 0 }
        return after - before
    }

    private static var usedMemory: Int { Int(csys_heap_in_use()) }
}

extension HostileMessage: CustomTestStringConvertible {
    public var testDescription: String { sentence }
}
