/// Sends HTTP requests. It follows no redirect, keeps no cookie and reads no `.netrc`.
package struct HTTPClient: Sendable {
    private let loop: CurlLoop
    private let trust: TLSTrust

    package init(loop: CurlLoop = CurlLoop(), trust: TLSTrust = .system) {
        self.loop = loop
        self.trust = trust
    }

    /// Sets TLS up with a server, tells about it, and closes the connection.
    func handshake(_ probe: TLSProbe) async -> Result<ConnectionDetails, TransferFailure> {
        await loop.handshake(probe, trust: trust)
    }

    /// Gives the response, whatever its status; throws when there is none.
    package func send(_ request: HTTPRequest) async throws(TransferFailure) -> HTTPResponse {
        try await loop.send(request, trust: trust).get()
    }
}
