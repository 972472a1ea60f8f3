import DNSModel
import FoundationEssentials

/// How one query of a batch ended.
package struct Reply: Sendable {
    /// The query's place in its batch.
    package let index: Int
    package let result: Result<Response, QueryFailure>
    /// When the answer arrived, or when it was given up.
    package let receivedAt: Date
    /// From the datagram that was answered to its answer; from the first one to giving up on failure.
    package let rtt: Duration
    /// Over what the answer came: `tcp` after truncation.
    package let transport: Endpoint.Transport
    /// How many tries were made.
    package let tries: Int
    /// Whether the query went out with EDNS when it was answered; false after a FORMERR made us fall back.
    package let usedEDNS: Bool

    package init(
        index: Int, result: Result<Response, QueryFailure>, receivedAt: Date, rtt: Duration,
        transport: Endpoint.Transport, tries: Int = 1, usedEDNS: Bool = true
    ) {
        self.index = index
        self.result = result
        self.receivedAt = receivedAt
        self.rtt = rtt
        self.transport = transport
        self.tries = tries
        self.usedEDNS = usedEDNS
    }
}
