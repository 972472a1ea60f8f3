import DNSModel

/// A server of DNS over TLS, and whom to believe that it is the one.
struct TLSPeer: Hashable, Sendable {
    let address: IPAddress
    let port: UInt16
    /// The name in the certificate; nil means the address.
    let serverName: String?
    let trust: TLSTrust
}

/// One DNS message that waits for its answer on a stream.
struct StreamExchange {
    let ticket: UInt64
    let message: [UInt8]
    let deadline: ContinuousClock.Instant
    let ownConnection: Bool
    /// Whether a connection that had been kept was lost beneath it; it is asked again once (RFC 7766 §6.2.4).
    var isSecondTry = false
    let completion: Completion<[UInt8]>

    init(
        ticket: UInt64, message: [UInt8], deadline: ContinuousClock.Instant, ownConnection: Bool,
        completion: @escaping Completion<[UInt8]>
    ) {
        self.ticket = ticket
        self.message = message
        self.deadline = deadline
        self.ownConnection = ownConnection
        self.completion = completion
    }
}
