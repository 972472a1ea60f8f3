import FoundationEssentials
import Glibc

/// A run of many cases, with its figures.
struct FuzzRun: ~Copyable {
    private let numbers: Range<Int>
    private var cases: FuzzCases
    private let started = ContinuousClock.now
    /// Of the process, in megabytes, each time that some of the cases are done.
    private var memory: [Int] = []

    /// A case that takes longer has found a way to keep the program busy. In seconds of the processor: a machine that has
    /// no time for the program says nothing of the case.
    private static let longestCase = 60
    /// How often figures are taken.
    private static let steps = 20

    init(numbers: Range<Int>, cases: consuming FuzzCases) {
        self.numbers = numbers
        self.cases = cases
    }

    /// Ends at the first case that fails.
    mutating func perform(notingIn path: String) throws(FuzzFailure) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard file >= 0 else { throw FuzzFailure("\(path) cannot be written") }
        defer { close(file) }
        for number in numbers {
            note(number, in: file)
            endProgram(after: Self.longestCase)
            do throws(FuzzFailure) {
                try cases.perform(number)
            } catch {
                throw FuzzFailure("case \(number) of seed \(cases.seed): \(error)")
            }
            let done = number - numbers.lowerBound + 1
            if done % max(1, numbers.count / Self.steps) == 0 { takeFigures(done) }
        }
        endProgram(after: 0)
        try checkMemory()
    }

    /// 0 lets it go on.
    private func endProgram(after seconds: Int) {
        var timer = itimerval()
        timer.it_value.tv_sec = seconds
        setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
    }

    private func note(_ number: Int, in file: Int32) {
        var text = String(number)
        text.append("\n")
        _ = text.withUTF8 { pwrite(file, $0.baseAddress, $0.count, 0) }
    }

    private mutating func takeFigures(_ done: Int) {
        memory.append(Self.residentMegabytes)
        let seconds = Double((ContinuousClock.now - started) / .milliseconds(1)) / 1000
        let tally = cases.tally
        Fuzz.write(
            "\(done) cases in \(Int(seconds)) s: \(tally.decoded) messages decoded, \(tally.malformed) malformed, "
                + "\(tally.ignored) no reply, \(tally.reports) reports; \(memory.last ?? 0) MB resident")
    }

    /// What stays behind from each case would add up: after the first half, in which caches fill, nothing may grow.
    private func checkMemory() throws(FuzzFailure) {
        guard memory.count >= Self.steps, let most = memory.prefix(memory.count / 2).max(), let last = memory.last
        else { return }
        try require(last <= most + most / 10 + 8, "memory stays flat: \(memory) MB")
    }

    private static var residentMegabytes: Int {
        let text = (try? String(contentsOf: URL(filePath: "/proc/self/statm"), encoding: .utf8)) ?? ""
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * Int(getpagesize()) / 1_000_000
    }
}
