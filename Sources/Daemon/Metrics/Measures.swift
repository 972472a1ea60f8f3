import DNSModel
import Failover

/// What is measured while the daemon works, since its start. Labels are kinds of checks and of providers, and names of
/// schemes: there are as many as the configuration has.
actor Measures {
    struct CheckLabels: Hashable, Sendable {
        let kind: String
        let health: Health
    }

    struct CallLabels: Hashable, Sendable {
        let kind: String
        let outcome: String
    }

    /// All of it, at one moment.
    struct Snapshot: Sendable {
        var checkDurations: [String: Histogram] = [:]
        var checks: [CheckLabels: Int] = [:]
        var lateness = Histogram.lateness
        var callDurations: [String: Histogram] = [:]
        var calls: [CallLabels: Int] = [:]
        var convergence: [SchemeName: Histogram] = [:]
    }

    private(set) var snapshot = Snapshot()

    func count(_ turn: CheckTurn) {
        snapshot.checkDurations[turn.kind, default: .call].observe(turn.duration)
        snapshot.checks[CheckLabels(kind: turn.kind, health: turn.health), default: 0] += 1
        snapshot.lateness.observe(turn.lateness)
    }

    func count(_ call: ProviderCall) {
        snapshot.callDurations[call.kind, default: .call].observe(call.duration)
        for outcome in call.outcomes {
            snapshot.calls[CallLabels(kind: call.kind, outcome: outcome.word), default: 0] += 1
        }
    }

    func count(_ convergence: Convergence, of scheme: SchemeName) {
        guard let time = convergence.t100 ?? convergence.authoritative else { return }
        snapshot.convergence[scheme, default: .convergence].observe(time)
    }

    /// Forgets schemes that are gone.
    func keep(_ schemes: Set<SchemeName>) {
        snapshot.convergence = snapshot.convergence.filter { schemes.contains($0.key) }
    }
}

extension ProviderOutcome {
    fileprivate var word: String {
        switch self {
        case .success(let reply): reply.isUnchanged ? "unchanged" : "accepted"
        case .failure(.permanent): "refused"
        case .failure(.temporary): "failed"
        case .failure(.conflict): "conflict"
        case .failure(.uncertain): "uncertain"
        }
    }
}
