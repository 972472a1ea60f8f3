import DNSModel
import FoundationEssentials

/// How far a change has arrived, by the latest report of each of its questions: each type, and each alias.
struct Arrival: Sendable {
    private(set) var convergence = Convergence()
    private let since: Date
    private var latest: [Int: PropagationReport] = [:]

    init(since: Date) {
        self.since = since
    }

    /// Takes a report in; true when every answering authoritative address has the change for the first time.
    mutating func take(_ report: PropagationReport, at index: Int, of count: Int) -> Bool {
        latest[index] = report
        guard latest.count == count else { return false }
        let time = Duration.seconds(max(0, report.ended.timeIntervalSince(since)))
        let before = convergence.authoritative
        if latest.values.allSatisfy(\.isAuthoritativeDone) { convergence.reachAuthority(after: time) }
        guard convergence.authoritative != nil else { return false }
        let (converged, others) = operators
        convergence.look(after: time, converged: converged, others: others)
        return before == nil
    }

    /// An operator has the change when it has the answer to every question.
    private var operators: (converged: Set<String>, others: Set<String>) {
        let counted = latest.values.flatMap { $0.operators.filter(\.counted) }
        let others = Set(counted.filter { $0.verdict != .converged }.map(\.name))
        return (Set(counted.map(\.name)).subtracting(others), others)
    }
}

extension PropagationReport {
    /// Every authoritative address that answers has what is expected, and one does.
    fileprivate var isAuthoritativeDone: Bool {
        gate.state == .open && convergence.authoritative.converged > 0
    }
}
