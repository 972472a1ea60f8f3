import DNSModel

/// A scheme as pages show it: how it is, and what the servers said of the change that is followed.
package struct SchemeSnapshot: Sendable {
    package let status: SchemeStatus
    /// The latest of each question, in the order of names and types.
    package let reports: [PropagationReport]
    package let convergence: Convergence?

    package init(status: SchemeStatus, reports: [PropagationReport], convergence: Convergence?) {
        self.status = status
        self.reports = reports
        self.convergence = convergence
    }
}
