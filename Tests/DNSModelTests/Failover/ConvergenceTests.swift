import DNSModel
import TestSupport
import Testing

@Suite("How a change arrived is told in times and percentages of the operators")
struct ConvergenceTests {
    /// A look at the operators after some seconds: those that have it, and those that do not.
    struct Look: Sendable {
        let seconds: Int
        let converged: Set<String>
        let others: Set<String>

        init(_ seconds: Int, _ converged: String, _ others: String = "") {
            self.seconds = seconds
            self.converged = Set(converged.map(String.init))
            self.others = Set(others.map(String.init))
        }
    }

    /// t50, t90 and t100 in seconds, and the curve's points.
    struct Outcome: Sendable, Equatable {
        let times: [Int?]
        let curve: [String]
    }

    typealias Row = Case<[Look], Outcome>

    static let rows: [Row] = [
        Row("nobody was asked", [], Outcome(times: [nil, nil, nil], curve: [])),
        Row("nobody could be judged", [Look(5, "")], Outcome(times: [nil, nil, nil], curve: [])),
        Row("nobody has it", [Look(5, "", "ab")], Outcome(times: [nil, nil, nil], curve: ["0 0"])),
        Row("all have it at once", [Look(5, "ab")], Outcome(times: [5, 5, 5], curve: ["0 0", "5 100"])),
        Row("all had it before the first look", [Look(0, "ab")], Outcome(times: [0, 0, 0], curve: ["0 100"])),
        Row(
            "one after the other", [Look(1, "a", "bcd"), Look(2, "ab", "cd"), Look(9, "abcd")],
            Outcome(times: [2, 9, 9], curve: ["0 0", "1 25", "2 50", "9 100"])),
        Row(
            "half of three is two of them", [Look(1, "a", "bc"), Look(2, "ab", "c")],
            Outcome(times: [2, nil, nil], curve: ["0 0", "1 33", "2 67"])),
        Row(
            "nine tenths of ten are nine of them",
            [Look(1, "abcdefgh", "ij"), Look(2, "abcdefghi", "j")],
            Outcome(times: [1, 2, nil], curve: ["0 0", "1 80", "2 90"])),
        Row(
            "nine tenths of eleven are ten of them",
            [Look(1, "abcdefghi", "jk"), Look(2, "abcdefghij", "k")],
            Outcome(times: [1, 2, nil], curve: ["0 0", "1 82", "2 91"])),
        Row(
            "one that loses it again has it only when it has come back for good",
            [Look(1, "a", "b"), Look(2, "b", "a"), Look(3, "ab")],
            Outcome(times: [2, 3, 3], curve: ["0 0", "2 50", "3 100"])),
        Row(
            "one that lost it and did not come back",
            [Look(1, "ab"), Look(2, "b", "a")],
            Outcome(times: [1, nil, nil], curve: ["0 0", "1 50"])),
        Row(
            "one that has it and falls silent still has it",
            [Look(1, "a", "b"), Look(2, "", "b"), Look(3, "b")],
            Outcome(times: [1, 3, 3], curve: ["0 0", "1 50", "3 100"])),
        Row(
            "one that falls silent without it is no longer counted",
            [Look(1, "a", "b"), Look(2, "a")],
            Outcome(times: [1, 1, 1], curve: ["0 0", "1 100"])),
        Row(
            "one that is asked later counts from then on",
            [Look(1, "a"), Look(2, "a", "b")],
            Outcome(times: [1, nil, nil], curve: ["0 0", "1 50"])),
    ]

    @Test(arguments: rows)
    func arrival(_ row: Row) {
        var convergence = Convergence()
        for look in row.input {
            convergence.look(after: .seconds(look.seconds), converged: look.converged, others: look.others)
        }
        let times = [convergence.t50, convergence.t90, convergence.t100].map { $0.map { Int($0.components.seconds) } }
        let curve = convergence.curve.map { "\($0.time.components.seconds) \(Int($0.percent.rounded()))" }
        #expect(Outcome(times: times, curve: curve) == row.output)
        #expect(convergence.isComplete == (convergence.t100 != nil))
    }

    @Test("the authority has it when it was first seen to")
    func authority() {
        var convergence = Convergence()
        #expect(convergence.authoritative == nil)
        convergence.reachAuthority(after: .seconds(2))
        convergence.reachAuthority(after: .seconds(7))
        #expect(convergence.authoritative == .seconds(2))
    }

    @Test("an operator that is named on both sides does not have it")
    func contradiction() {
        var convergence = Convergence()
        convergence.look(after: .seconds(1), converged: ["a"], others: ["a"])
        #expect(convergence.counted == 1 && convergence.arrivals.isEmpty)
        let given = Convergence(arrivals: ["a": .seconds(1)], waiting: ["a", "b"])
        #expect(given.counted == 2)
    }
}
