import DNSModel

/// Exchanges DNS messages over TLS (RFC 7858) and HTTPS (RFC 8484), over connections that it keeps.
///
/// The endpoint's address is used as it is, never the machine's resolver, and no proxy; the certificate must be for the
/// endpoint's name, or for its address when it has no name.
package struct SecureExchange: MessageExchange {
    private let loop: CurlLoop
    private let trust: TLSTrust

    package init(loop: CurlLoop = CurlLoop(), trust: TLSTrust = .system) {
        self.loop = loop
        self.trust = trust
    }

    package func exchange(
        _ message: [UInt8], with endpoint: Endpoint, timeout: Duration, newConnection: Bool
    ) async -> Result<[UInt8], QueryFailure> {
        precondition((12...65_535).contains(message.count), "a DNS message has 12 to 65,535 octets")
        switch endpoint.transport {
        case .tls:
            let peer = TLSPeer(
                address: endpoint.address, port: endpoint.port, serverName: endpoint.serverName, trust: trust)
            return await loop.exchange(message, over: peer, timeout: timeout, newConnection: newConnection)
                .mapError { QueryFailure($0, family: endpoint.address.family) }
        case .https:
            var request = DoHMessage.request(message, for: endpoint, timeout: timeout)
            request.newConnection = newConnection
            return await loop.send(request, trust: trust)
                .mapError { QueryFailure($0, family: endpoint.address.family) }
                .flatMap { DoHMessage.answer(in: $0, id: message.id) }
        case .udp, .tcp:
            preconditionFailure("\(endpoint) has no TLS")
        }
    }
}
