import DNSModel

/// Why the daemon did not do what it was asked for, as RFC 9457 has it: `application/problem+json`.
package struct ProblemDetails: Hashable, Sendable, Codable {
    package static let mediaType = "application/problem+json"

    /// One thing that is wrong with what was sent.
    package struct Item: Hashable, Sendable, Codable {
        /// The path to it, such as `servers.charlie.priority`.
        package var field: String
        package var detail: String

        package init(field: String, detail: String) {
            self.field = field
            self.detail = detail
        }
    }

    /// What the status says already.
    package var type = "about:blank"
    package var title: String
    package var status: Int
    /// What happened, and what to do.
    package var detail: String
    package var errors: [Item]?

    package init(title: String, status: Int, detail: String, errors: [Item]? = nil) {
        self.title = title
        self.status = status
        self.detail = detail
        self.errors = errors
    }
}

extension ProblemDetails.Item {
    package init(_ problem: SettingProblem) {
        self.init(field: problem.field, detail: problem.message)
    }
}
