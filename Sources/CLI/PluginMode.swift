import CSys
import DNSModel
import Glibc

/// What a monitoring plugin owes its scheduler on every path: one line on standard output, a code from 0 to 3, and
/// silence on standard error.
package enum PluginMode {
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

    /// How long a check takes at most unless said otherwise; a second less than what schedulers grant a plugin.
    static let defaultDeadline = Duration.seconds(9)

    /// Ends the process with `status` when `limit` has passed and nothing has claimed the output.
    static func armWatchdog(after limit: Duration, status: Status) {
        let line = NagiosOutput.line(status, "no result within \(limit.text)") + "\n"
        _ = csys_arm_watchdog(limit.wholeMilliseconds, line, line.utf8.count, status.exitCode)
    }

    /// Returns to the one who is to write the result. When a handler was first, it is about to end the process.
    package static func claimOutput() {
        while csys_claim_output() == 0 { pause() }
    }
}
