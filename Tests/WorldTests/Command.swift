import FoundationEssentials
import Glibc
import TestSupport

/// A program that ran to its end.
struct Command: Sendable {
    let exitCode: Int32
    let output: String
    let errors: String
    /// When its end was noticed, in seconds of the monotonic clock.
    let ended: Double

    /// Runs a program with its arguments to its end; the program is looked for in PATH.
    static func run(_ words: [String], environment: [String: String]? = nil) async throws -> Command {
        try await blocking {
            let directory = try TemporaryDirectory()
            let errors = directory.path + "/errors"
            let process = try ChildProcess(
                path(of: words[0]), Array(words.dropFirst()), output: .separate(errors), environment: environment)
            let output = process.readAll()
            let code = process.exitCode()
            var now = timespec()
            clock_gettime(CLOCK_MONOTONIC, &now)
            let complaint = FileManager.default.contents(atPath: errors) ?? Data()
            return Command(
                exitCode: code, output: output, errors: String(decoding: complaint, as: UTF8.self),
                ended: Double(now.tv_sec) + Double(now.tv_nsec) / 1e9)
        }
    }

    static func path(of program: String) throws -> String {
        if program.contains("/") { return program }
        guard let path = ChildProcess.path(of: program) else { throw WorldFailure("\(program) is not installed") }
        return path
    }
}
