import DNSModel
import FoundationEssentials
import Wire

/// Whether TLS can be set up as the server that a name stands for, and how long its certificate is still good.
package struct TLSCheck: HealthCheck {
    package static let kind = "tls"

    private let port: UInt16
    /// The name in SNI and in the certificate.
    private let name: DomainName
    private let target: CheckTarget
    private let certificate: CertificateThresholds
    private let timeout: Duration

    package init?(reading settings: inout SettingReader, in context: CheckContext) {
        let form = "a port from 1 to 65535"
        let port = settings.required(Self.kind, settings.integer(Self.kind, in: 1...65_535), form: form)
        let name = settings.required(
            "name", settings.domainName("name"), form: "the name that the certificate is for")
        let target = CheckTarget(reading: &settings, in: context)
        certificate = CertificateThresholds(reading: &settings, usual: CertificateThresholds(warnDays: 14, failDays: 0))
        timeout = context.timeout
        guard let port, let target, let name else { return nil }
        (self.port, self.name, self.target) = (UInt16(port), name, target)
    }

    package func run(against server: CheckSubjectServer, over network: Network) async -> CheckResult {
        await target.check { address in
            let probe = TLSProbe(address, port: port, serverName: name.description, timeout: timeout)
            switch await probe.run(with: network.http) {
            case .success(let finding): return judge(finding, at: Date())
            case .failure(let failure): return CheckResult(failure: failure, subject: "TLS on port \(port)")
            }
        }
    }

    private func judge(_ finding: TLSProbe.Finding, at now: Date) -> CheckResult {
        let latency = finding.secured
        if let expiry = finding.certificateExpiry, let (health, reason) = certificate.judgement(of: expiry, at: now) {
            return CheckResult(health, "TLS on port \(port): \(reason)", latency: latency)
        }
        let days = finding.daysToExpiry(from: now).map { ", the certificate is good for \($0) days" } ?? ""
        return CheckResult(.ok, "TLS on port \(port) after \(latency.text)\(days)", latency: latency)
    }
}
