import ArgumentParser
import Synchronization
import Wire

/// How the queries of a run ended. Its numbers may be read while replies still come.
final class Tally: Sendable {
    private let right = Atomic<Int>(0)
    private let wrong = Atomic<Int>(0)
    private let lost = Atomic<Int>(0)
    private let retries = Atomic<Int>(0)

    /// Counts the reply to a query for `name`.
    func add(_ reply: Reply, to name: BenchName) {
        switch reply.result {
        case .success(let response) where name.matches(response): right.add(1, ordering: .relaxed)
        case .success: wrong.add(1, ordering: .relaxed)
        case .failure: lost.add(1, ordering: .relaxed)
        }
        if reply.tries > 1 { retries.add(reply.tries - 1, ordering: .relaxed) }
    }

    var total: Int {
        right.load(ordering: .relaxed) + wrong.load(ordering: .relaxed) + lost.load(ordering: .relaxed)
    }

    var figures: [Figure] {
        [
            Figure("queries", total), Figure("wrong", wrong.load(ordering: .relaxed)),
            Figure("lost", lost.load(ordering: .relaxed)), Figure("retries", retries.load(ordering: .relaxed)),
        ]
    }

    /// Losing queries is a result; a wrong answer, or none at all, means that something is broken.
    func check(expected: Int) throws {
        guard total == expected, wrong.load(ordering: .relaxed) == 0, right.load(ordering: .relaxed) > 0 else {
            throw ExitCode.failure
        }
    }
}
