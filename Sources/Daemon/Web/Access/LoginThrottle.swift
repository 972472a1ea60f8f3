import FoundationEssentials

/// Slows those down who guess: after a few wrong tries a client waits, and longer each time; so does everybody together,
/// for those who guess from many addresses.
struct LoginThrottle {
    private struct Tries {
        var wrong = 0
        var last: Date
    }

    private var clients: [String: Tries] = [:]
    private var all = Tries(last: .distantPast)

    private static let free = 5
    private static let freeForAll = 100
    private static let longestWait = 300.0
    private static let clientLimit = 10_000
    /// Wrong tries are forgotten after that.
    private static let memory: TimeInterval = 900

    /// How long a client has to wait; nil when it need not.
    func wait(for client: String, at now: Date) -> Duration? {
        let own = clients[client].map { wait($0, free: Self.free, at: now) } ?? 0
        let longest = max(own, wait(all, free: Self.freeForAll, at: now))
        return longest > 0 ? .milliseconds(Int64(longest * 1000)) : nil
    }

    mutating func failed(_ client: String, at now: Date) {
        if clients.count >= Self.clientLimit { clients = clients.filter { !isForgotten($0.value, at: now) } }
        if clients.count < Self.clientLimit {
            note(&clients[client, default: Tries(last: now)], at: now)
        }
        note(&all, at: now)
    }

    mutating func succeeded(_ client: String) { clients[client] = nil }

    private func note(_ tries: inout Tries, at now: Date) {
        if isForgotten(tries, at: now) { tries.wrong = 0 }
        tries.wrong += 1
        tries.last = now
    }

    private func isForgotten(_ tries: Tries, at now: Date) -> Bool { now.timeIntervalSince(tries.last) > Self.memory }

    private func wait(_ tries: Tries, free: Int, at now: Date) -> TimeInterval {
        guard tries.wrong >= free, !isForgotten(tries, at: now) else { return 0 }
        let pause = min(Self.longestWait, Double(1 << min(16, tries.wrong - free)))
        return pause - now.timeIntervalSince(tries.last)
    }
}
