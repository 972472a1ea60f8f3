import DNSModel
import FoundationEssentials
import Wire

/// Asks for a URL at the server's own address, while the Host header, SNI and the certificate stay those of the URL.
/// No proxy is used and no redirect followed.
package struct HTTPCheck: HealthCheck {
    package static let kind = "http"

    private let url: HTTPURL
    private let target: CheckTarget
    private let request: HTTPRequestSettings
    private let expectation: HTTPExpectation
    private let certificate: CertificateThresholds
    private let timeout: Duration

    package init?(reading settings: inout SettingReader, in context: CheckContext) {
        let form = "a URL such as https://www.example.org/status"
        let url = settings.required(Self.kind, settings.url(Self.kind), form: form)
        let target = CheckTarget(reading: &settings, in: context, isOptional: true)
        request = HTTPRequestSettings(reading: &settings)
        expectation = HTTPExpectation(reading: &settings)
        certificate = CertificateThresholds(reading: &settings, usual: CertificateThresholds())
        timeout = context.timeout
        if url?.isSecure == false { certificate.refuse(&settings, why: "is for https; this URL has no certificate") }
        guard let url, let target else { return nil }
        (self.url, self.target) = (url, target)
    }

    package func run(against server: CheckSubjectServer, over network: Network) async -> CheckResult {
        // A canary may be a name: then it is looked up.
        guard !target.addresses.isEmpty else { return await ask(nil, over: network) }
        return await target.check { await ask($0, over: network) }
    }

    private func ask(_ address: IPAddress?, over network: Network) async -> CheckResult {
        var request = request.request(for: url, timeout: timeout)
        request.address = address
        request.bodyLimit = expectation.bodyLimit
        do throws(TransferFailure) {
            let response = try await network.http.send(request)
            return judge(response, at: Date())
        } catch {
            return CheckResult(failure: error)
        }
    }

    private func judge(_ response: HTTPResponse, at now: Date) -> CheckResult {
        let latency = response.connection?.total
        let took = latency.map { " after \($0.text)" } ?? ""
        if let refusal = expectation.refusal(of: response) {
            return CheckResult(.fail, "\(refusal)\(took)", latency: latency)
        }
        let said = "HTTP \(response.status)\(took)"
        if let expiry = response.connection?.certificateExpiry,
            let (health, reason) = certificate.judgement(of: expiry, at: now)
        {
            return CheckResult(health, "\(said), but \(reason)", latency: latency)
        }
        if let limit = expectation.slow, let latency, latency > limit {
            return CheckResult(.warn, "\(said), slower than \(limit.settingText)", latency: latency)
        }
        return CheckResult(.ok, said, latency: latency)
    }
}

extension CheckResult {
    /// What a request without a response says of the server, or that it says nothing of it.
    init(failure: TransferFailure) {
        switch failure {
        case .libraryMissing, .badRequest, .noRoute, .unresolved, .cancelled:
            self.init(.unknown, failure.description)
        case .unreachable, .certificate, .tls, .timeout, .tooLarge, .interrupted:
            self.init(.fail, failure.description)
        }
    }
}
