import DNSModel
import Wire

/// Whether a port takes connections and, where wanted, gives the expected answer.
package struct TCPCheck: HealthCheck {
    package static let kind = "tcp"

    private let port: UInt16
    private let target: CheckTarget
    private let message: String
    private let expected: String
    private let timeout: Duration

    package init?(reading settings: inout SettingReader, in context: CheckContext) {
        let form = "a port from 1 to 65535"
        let port = settings.required(Self.kind, settings.integer(Self.kind, in: 1...65_535), form: form)
        let target = CheckTarget(reading: &settings, in: context)
        message = settings.text("send") ?? ""
        expected = settings.text("expect") ?? ""
        timeout = context.timeout
        guard let port, let target else { return nil }
        (self.port, self.target) = (UInt16(port), target)
    }

    package func run(against server: CheckSubjectServer, over network: Network) async -> CheckResult {
        await target.check { address in
            var probe = TCPProbe(address, port: port, timeout: timeout)
            probe.message = Array(message.utf8)
            probe.expected = Array(expected.utf8)
            switch await probe.run() {
            case .success(let finding):
                return CheckResult(.ok, "TCP port \(port) after \(finding.total.text)", latency: finding.total)
            case .failure(let failure): return CheckResult(failure: failure, subject: "TCP port \(port)")
            }
        }
    }
}

extension CheckResult {
    /// What a probe that failed says of the server, or that it says nothing of it.
    init(failure: ProbeFailure, subject: String) {
        self.init(failure.isVerdict ? .fail : .unknown, "\(subject): \(failure)")
    }
}
