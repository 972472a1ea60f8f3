import DNSModel
import FoundationEssentials

/// Something that people are told.
package struct Notice: Sendable {
    /// Nil for what concerns all schemes.
    package let scheme: SchemeName?
    /// The name that is published.
    package let record: DomainName?
    package let severity: Alert.Severity
    /// One word for machines: an alert's code, or `changed`, `converged`.
    package let code: String
    package let text: String
    package let time: Date

    package init(
        scheme: SchemeName?, record: DomainName?, severity: Alert.Severity, code: String, text: String, time: Date
    ) {
        self.scheme = scheme
        self.record = record
        self.severity = severity
        self.code = code
        self.text = text
        self.time = time
    }

    package init(_ alert: Alert, of scheme: Scheme, at time: Date) {
        self.init(
            scheme: scheme.name, record: scheme.record.name, severity: alert.severity, code: alert.code.rawValue,
            text: alert.text, time: time)
    }

    /// `dnsconverge CRITICAL cat (cat.he.okerr.com): all servers are down`
    package var headline: String {
        let subject = scheme.map { " \($0)" + (record.map { " (\($0))" } ?? "") } ?? ""
        return "dnsconverge \(severity.rawValue.uppercased())\(subject): \(PrintableText(text).text)"
    }

    var json: JSONText {
        .object([
            ("schema", .string("dnsconverge.notice/1")), ("time", .string(time.ISO8601Format())),
            ("scheme", scheme.map { .string($0.text) } ?? .null),
            ("name", record.map { .string($0.description) } ?? .null),
            ("severity", .string(severity.rawValue)), ("code", .string(code)), ("text", .string(text)),
        ])
    }
}

extension Alert.Severity {
    var rank: Int {
        switch self {
        case .notice: 0
        case .warning: 1
        case .critical: 2
        }
    }
}
