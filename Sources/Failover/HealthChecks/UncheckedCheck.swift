import DNSModel
import Wire

/// No check: the server is taken to be healthy, as a page that says sorry is.
package struct UncheckedCheck: HealthCheck {
    package static let kind = "none"

    package init?(reading settings: inout SettingReader, in context: CheckContext) {
        _ = settings.node(Self.kind)
    }

    package func run(against server: CheckSubjectServer, over network: Network) async -> CheckResult {
        CheckResult(.ok, "taken to be healthy without a check")
    }
}
