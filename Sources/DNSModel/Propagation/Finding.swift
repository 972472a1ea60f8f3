/// Something about the name, its zone or a server that a person should know.
package struct Finding: Sendable, Hashable, Codable {
    package enum Severity: String, Sendable, Hashable, Codable, CaseIterable {
        /// Worth reading; does not change the status.
        case note
        case warning
        case critical
    }

    /// A stable identifier in lower case with dashes: `glue-mismatch`.
    package let code: String
    package let severity: Severity
    /// What it is about: a name, a server or an operator.
    package let subject: String
    /// What was seen, in one sentence without a full stop.
    package let detail: String
    /// What to do about it; empty when there is nothing to do.
    package let advice: String

    package init(code: String, severity: Severity, subject: String, detail: String, advice: String = "") {
        self.code = code
        self.severity = severity
        self.subject = subject
        self.detail = detail
        self.advice = advice
    }
}
