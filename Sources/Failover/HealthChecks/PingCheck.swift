import DNSModel
import Wire

/// Whether the server answers ICMP echo requests. Where this machine does not let us ask, nothing is known.
package struct PingCheck: HealthCheck {
    package static let kind = "ping"

    private let target: CheckTarget
    private let tries: Int
    private let timeout: Duration

    package init?(reading settings: inout SettingReader, in context: CheckContext) {
        // `ping`, `ping: ` or `ping: 192.0.2.1`, which is the same as the address beside it.
        let own: [IPAddress]?
        switch settings.node(Self.kind)?.value {
        case nil, .null: own = nil
        default: own = settings.addresses(Self.kind)
        }
        let target = CheckTarget(reading: &settings, in: context, instead: own)
        tries = settings.integer("tries", in: 1...10) ?? 3
        timeout = context.timeout
        guard let target else { return nil }
        self.target = target
    }

    package func run(against server: CheckSubjectServer, over network: Network) async -> CheckResult {
        await target.check { address in
            switch await PingProbe(address, timeout: timeout / tries, tries: tries).run() {
            case .success(let time): return CheckResult(.ok, "ping after \(time.text)", latency: time)
            case .failure(let failure): return CheckResult(failure: failure, subject: "ping")
            }
        }
    }
}
