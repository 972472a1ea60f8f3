import TestSupport
import Testing

/// A sample of what `Tests/fuzz` tries by the million; another one whenever the seed is another.
@Suite("Whatever servers send")
struct FuzzTests {
    private let seed = Sampling.seed

    @Test("is decoded or refused")
    func messages() throws {
        let count = Sampling.count(20_000, soak: 500_000)
        let tally = try perform(count) { cases, number throws(FuzzFailure) in try cases.receive(number) }
        #expect(tally.decoded > count / 5 && tally.malformed > count / 5, "else little is tried")
    }

    @Test("is judged, followed and printed")
    func answers() throws {
        let count = Sampling.count(2000, soak: 30_000)
        let tally = try perform(count) { cases, number throws(FuzzFailure) in try cases.perform(number) }
        #expect(tally.reports > count / 2, "else little is tried")
    }

    private func perform(
        _ count: Int, _ perform: (inout FuzzCases, Int) throws(FuzzFailure) -> Void
    ) throws -> FuzzCases.Tally {
        var cases = try FuzzCases(seed: seed)
        for number in 0..<count {
            do throws(FuzzFailure) {
                try perform(&cases, number)
            } catch {
                Issue.record("Tests/fuzz 1 \(seed) \(number) fails too: \(error)")
                break
            }
        }
        return cases.tally
    }
}
