import CSys
import Glibc

/// What systemd is told about a service of `Type=notify` (sd_notify(3)). Without one, nobody is told.
package struct ServiceManager: Sendable {
    private let socket: String?
    /// How often it wants to hear that we live; nil when it does not ask.
    package let watchdogInterval: Duration?

    /// Reads `NOTIFY_SOCKET` and `WATCHDOG_USEC` of `environment`.
    package init(environment: (String) -> String? = { getenv($0).map { String(cString: $0) } }) {
        socket = environment("NOTIFY_SOCKET").flatMap { $0.isEmpty ? nil : $0 }
        let process = environment("WATCHDOG_PID").flatMap { Int32($0) }
        let isOurs = process == nil || process == getpid()
        // Half of it: one late sign of life is none that is missing.
        watchdogInterval =
            isOurs ? environment("WATCHDOG_USEC").flatMap { Int64($0) }.map { .microseconds($0 / 2) } : nil
    }

    package enum State {
        case ready, reloading, stopping, alive
    }

    /// Tells a state and, for `systemctl status`, what we are doing.
    package func tell(_ state: State, status: String? = nil) {
        guard let socket else { return }
        var lines =
            switch state {
            case .ready: ["READY=1"]
            // The manager pairs RELOADING with the READY that follows by this time stamp.
            case .reloading: ["RELOADING=1", "MONOTONIC_USEC=\(csys_now() / 1000)"]
            case .stopping: ["STOPPING=1"]
            case .alive: ["WATCHDOG=1"]
            }
        if let status { lines.append("STATUS=\(status.split(separator: "\n").joined(separator: " "))") }
        _ = csys_notify(socket, lines.joined(separator: "\n"))
    }
}
