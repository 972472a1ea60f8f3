import FoundationEssentials

/// One exchange with a server: what it answered, or how that failed, and when.
package struct Sample: Sendable {
    /// When the answer arrived, or when it was given up.
    package let receivedAt: Date
    package let rtt: Duration
    package let result: Result<Response, QueryFailure>
    /// Over what the answer came: `tcp` after truncation.
    package let transport: Endpoint.Transport

    package init(
        receivedAt: Date, rtt: Duration, result: Result<Response, QueryFailure>, transport: Endpoint.Transport = .udp
    ) {
        self.receivedAt = receivedAt
        self.rtt = rtt
        self.result = result
        self.transport = transport
    }

    package var response: Response? { try? result.get() }

    package var failure: QueryFailure? {
        guard case .failure(let failure) = result else { return nil }
        return failure
    }
}
