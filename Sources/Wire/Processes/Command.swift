/// A program to run: a monitoring plugin, a hook, `sendmail`.
///
/// It runs in a process group of its own, with this program's environment and directory. Its standard input is a file
/// that it may read or leave. No shell comes between.
package struct Command: Hashable, Sendable {
    /// The program and its arguments. A program without a slash is looked for in PATH.
    package var arguments: [String]
    /// Variables that it gets besides those of this program, which they replace.
    package var environment: [String: String]
    /// What it reads from its standard input.
    package var input: [UInt8]
    /// How long it may run. Then its whole group is told to end (SIGTERM), and is ended (SIGKILL) after `grace`.
    package var timeout: Duration
    package var grace = Duration.seconds(2)
    /// How many octets are kept of its output, and as many of its errors; it is read to the end, but the rest is dropped.
    package var outputLimit = 64 * 1024

    package init(
        _ arguments: [String], environment: [String: String] = [:], input: [UInt8] = [],
        timeout: Duration = .seconds(10)
    ) {
        self.arguments = arguments
        self.environment = environment
        self.input = input
        self.timeout = timeout
    }
}

extension Command: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The program alone: arguments, variables and input may be nobody's business.
    package var description: String { arguments.first ?? "no program" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// How a program's run ended.
package struct CommandResult: Hashable, Sendable {
    package enum Ending: Hashable, Sendable {
        case exited(Int32)
        /// A signal ended it that was not ours.
        case signaled(Int32)
        /// It was ended because its time was over.
        case timedOut
    }

    package let ending: Ending
    package let output: [UInt8]
    package let errors: [UInt8]
    /// Whether it wrote more than was kept, to either.
    package let isCut: Bool
    package let duration: Duration

    /// What it wrote as UTF-8, with replacement characters for what is not.
    package var outputText: String { String(decoding: output, as: UTF8.self) }
    package var errorText: String { String(decoding: errors, as: UTF8.self) }
}

/// Why a program did not run.
package enum CommandFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// It is not there, or must not be run; the text names it and says what to do.
    case cannotStart(String)
    /// The task was cancelled; the program and its group were killed if they ran already.
    case cancelled

    package var description: String {
        switch self {
        case .cannotStart(let text): text
        case .cancelled: "cancelled"
        }
    }
}
