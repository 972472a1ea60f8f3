import CCurl
import DNSModel

/// One TLS connection that is made, looked at and closed.
final class TLSHandshake: CurlTask {
    let easy: EasyHandle
    private let host: String
    private let completion: Completion<ConnectionDetails>

    init(_ probe: TLSProbe, on easy: EasyHandle, completion: @escaping Completion<ConnectionDetails>) {
        self.easy = easy
        self.completion = completion
        host = probe.serverName ?? "\(probe.address)"
        easy.configure(for: probe)
    }

    func finished(_ code: CURLcode) {
        end(code == CURLE_OK ? .success(easy.connectionDetails) : .failure(easy.failure(code, host: host)))
    }

    func fail(_ failure: TransferFailure) { end(.failure(failure)) }

    private func end(_ result: Result<ConnectionDetails, TransferFailure>) { completion(result) }
}

extension EasyHandle {
    fileprivate func configure(for probe: TLSProbe) {
        let literal = probe.address.family == .ipv6 ? "[\(probe.address)]" : "\(probe.address)"
        set(CURLOPT_URL, "https://\(probe.serverName ?? literal):\(probe.port)/")
        set(CURLOPT_CONNECT_ONLY, 1)
        set(CURLOPT_TIMEOUT_MS, max(1, probe.timeout.roundedUpMilliseconds))
        connect(to: probe.address)
        useOwnConnection()
        keepCertificates()
        if !probe.verifiesCertificate { trustAnybody() }
    }
}
