import DNSModel
import FoundationEssentials

/// Whether TLS can be set up with a server as the one that a name stands for, and until when its certificate is good.
package struct TLSProbe: Hashable, Sendable {
    package var address: IPAddress
    package var port: UInt16
    /// Asked for (SNI) and looked for in the certificate; nil: the address.
    package var serverName: String?
    package var timeout: Duration
    /// Whether the certificate must be valid and for the name.
    package var verifiesCertificate = true

    package struct Finding: Hashable, Sendable {
        /// When the TCP connection stood, from the probe's beginning.
        package let connected: Duration
        /// When TLS stood.
        package let secured: Duration
        package let certificateExpiry: Date?

        /// Whole days that the certificate is still good for, rounded down; negative once it has expired.
        package func daysToExpiry(from now: Date) -> Int? {
            certificateExpiry.map { Int(($0.timeIntervalSince(now) / 86_400).rounded(.down)) }
        }
    }

    package init(
        _ address: IPAddress, port: UInt16 = 443, serverName: String? = nil, timeout: Duration = .seconds(5)
    ) {
        self.address = address
        self.port = port
        self.serverName = serverName
        self.timeout = timeout
    }

    /// Probes with the client's trust. A refused certificate is asked for once more, in the time that is left, to say when
    /// it expires.
    package func run(with client: HTTPClient) async -> Result<Finding, ProbeFailure> {
        let deadline = ContinuousClock.now + timeout
        let result = await client.handshake(self)
        guard case .failure(.certificate(let problem, let reason)) = result, verifiesCertificate else {
            return result.map(Finding.init).mapError { ProbeFailure($0, address.family) }
        }
        var again = self
        again.verifiesCertificate = false
        again.timeout = deadline - .now
        let expiry = try? await client.handshake(again).get().certificateExpiry
        return .failure(.certificate(problem, reason, expiry: expiry))
    }
}

extension TLSProbe.Finding {
    fileprivate init(_ details: ConnectionDetails) {
        connected = details.connected
        secured = details.secured
        certificateExpiry = details.certificateExpiry
    }
}
