import DNSModel
import Wire

/// Several checks of one server, and what they say together. Each has its own interval: one that is not due is not made,
/// and what it said last counts until it is too old.
actor Combination {
    struct Member: Sendable {
        let check: ScheduledCheck
        /// What was said longer ago is no vote.
        let maxAge: Duration
    }

    private struct Vote {
        let result: CheckResult
        let time: ContinuousClock.Instant
    }

    nonisolated let members: [Member]
    private let need: Int
    private let now: @Sendable () -> ContinuousClock.Instant
    private var votes: [Int: Vote] = [:]
    private var isHastened = false

    init(
        of members: [Member], need: Int,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.members = members
        self.need = need
        self.now = now
    }

    /// Has all checks made at the next turn, due or not.
    func hasten() {
        isHastened = true
    }

    /// Makes those checks that are due, all at once.
    func run(over network: Network) async -> CheckResult {
        let start = now()
        await withTaskGroup(of: (Int, CheckResult).self) { group in
            for (index, member) in members.enumerated() where isDue(index, at: start) {
                group.addTask { (index, await member.check.result(over: network)) }
            }
            isHastened = false
            for await (index, result) in group { votes[index] = Vote(result: result, time: start) }
        }
        return verdict(at: now())
    }

    private func isDue(_ index: Int, at time: ContinuousClock.Instant) -> Bool {
        guard let vote = votes[index], !isHastened else { return true }
        // A little early rather than a whole turn late.
        return vote.time.duration(to: time) >= members[index].check.interval * 9 / 10
    }

    private func verdict(at time: ContinuousClock.Instant) -> CheckResult {
        let results = members.indices.map { index -> CheckResult? in
            guard let vote = votes[index], vote.time.duration(to: time) <= members[index].maxAge else { return nil }
            return vote.result
        }
        return CheckVotes(results, need: need).verdict(kinds: members.map { type(of: $0.check.check).kind })
    }
}

/// What several results say together. A result that is unknown, or missing, is no vote either way.
struct CheckVotes {
    private let results: [CheckResult?]
    private let need: Int

    init(_ results: [CheckResult?], need: Int) {
        self.results = results
        self.need = need
    }

    func verdict(kinds: [String]) -> CheckResult {
        func count(_ health: Health) -> Int { results.count { $0?.health == health } }
        let (ok, warn, fail) = (count(.ok), count(.warn), count(.fail))
        let health: Health
        if ok >= need {
            health = .ok
        } else if ok + warn >= need {
            health = .warn
        } else if results.count - fail < need {
            health = .fail
        } else {
            health = .unknown
        }
        var reason = "\(ok + warn) of \(results.count) are well, \(need) needed"
        let telling = zip(kinds, results).filter { Self.explains($0.1?.health, health) }
        for (kind, result) in telling.prefix(2) { reason += "; \(kind): \(result?.reason ?? "nothing heard")" }
        return CheckResult(
            health, reason, latency: results.compactMap { $0?.latency }.max(),
            isMaintenance: results.contains { $0?.isMaintenance == true })
    }

    private static func explains(_ part: Health?, _ whole: Health) -> Bool {
        switch whole {
        case .ok: false
        case .warn: part == .warn || part == .fail
        case .fail: part == .fail
        case .unknown: part == .unknown || part == nil || part == .fail
        }
    }
}

extension Combination {
    /// Reads a list of checks; nil when one of them is wrong.
    static func members(
        _ settings: inout SettingReader, _ key: String, _ context: CheckContext
    ) -> [Member]? {
        let form = "a list of checks, such as [{tcp: 443}, {ping: }]"
        guard let elements = settings.required(key, settings.elements(key), form: form) else { return nil }
        let members = elements.compactMap { name, node -> Member? in
            var maxAge: Duration?
            let check = ScheduledCheck.read(
                node, name, of: context.server, in: &settings, context.surroundings, every: context.interval
            ) { settings in
                maxAge = settings.duration("max_age", in: .seconds(1) ... .seconds(30 * 86_400))
            }
            return check.map { Member(check: $0, maxAge: maxAge ?? max($0.interval, context.interval) * 3) }
        }
        return members.count == elements.count ? members : nil
    }
}
