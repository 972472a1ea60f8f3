import CSys
import DNSModel
import Glibc

/// What a monitoring plugin owes its scheduler on every path: one line on standard output, a code from 0 to 3, and
/// silence on standard error.
enum PluginMode {
    /// Silences standard error and prepares the line that a crash ends with.
    static func start() {
        let null = open("/dev/null", O_WRONLY)
        if null >= 0 {
            dup2(null, STDERR_FILENO)
            close(null)
        }
        installCrashLine()
    }

    static func installCrashLine() {
        let line = NagiosOutput.failureLine("the program crashed; please report it") + "\n"
        _ = csys_install_crash_line(line, line.utf8.count, Status.unknown.exitCode)
    }

    /// Ends the process with `status` when `limit` has passed and nothing has claimed the output.
    static func armWatchdog(after limit: Duration, status: Status) {
        let line = NagiosOutput.line(status, "no result within \(limit.formatted)") + "\n"
        _ = csys_arm_watchdog(limit.milliseconds, line, line.utf8.count, status.exitCode)
    }

    /// Whether the caller is the one who writes the result. When not, a handler is about to end the process.
    static func claimOutput() -> Bool { csys_claim_output() == 1 }
}
