import DNSModel
import Glibc
import Logging

/// Log lines on standard error: for journald with the priority in front and without time (sd-daemon(3)), for people with
/// the time and the level.
package struct ServiceLog: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    private let isJournal: Bool

    /// Looks whether standard error is connected to journald: systemd names the connection in `JOURNAL_STREAM`.
    package init(level: Logger.Level = .info) {
        logLevel = level
        var status = stat()
        let stream = getenv("JOURNAL_STREAM").map { String(cString: $0) }
        isJournal = fstat(STDERR_FILENO, &status) == 0 && stream == "\(status.st_dev):\(status.st_ino)"
    }

    init(level: Logger.Level = .info, isJournal: Bool) {
        logLevel = level
        self.isJournal = isJournal
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
        let line = line(event.level, "\(event.message)", metadata: all, time: time(nil)) + "\n"
        // One write, so that lines of several threads do not mix.
        _ = line.utf8.withContiguousStorageIfAvailable { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// Control characters are escaped: what a server said must not look like a line of ours.
    func line(_ level: Logger.Level, _ message: String, metadata: Logger.Metadata, time: time_t) -> String {
        let context = metadata["scheme"].map { "\($0): " } ?? ""
        let rest = metadata.filter { $0.key != "scheme" }.sorted { $0.key < $1.key }
            .map { " \($0.key)=\($0.value)" }.joined()
        let text = PrintableText(context + message + rest).text
        return isJournal
            ? "<\(level.priority)>\(text)" : "\(Self.timestamp(time)) \(level.rawValue.uppercased()) \(text)"
    }

    private static func timestamp(_ time: time_t) -> String {
        var time = time
        var local = tm()
        localtime_r(&time, &local)
        var text = [CChar](repeating: 0, count: 32)
        let count = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%S%z", &local)
        return String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

extension Logger.Level {
    /// As syslog counts (RFC 5424 §6.2.1).
    fileprivate var priority: Int {
        switch self {
        case .critical: 2
        case .error: 3
        case .warning: 4
        case .notice: 5
        case .info: 6
        case .debug, .trace: 7
        }
    }
}
