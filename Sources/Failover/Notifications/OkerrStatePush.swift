import DNSModel
import Wire

/// Tells an okerr project the state of each scheme as an indicator of its own. Okerr takes an indicator that is silent for
/// bad: each state is told again and again.
package struct OkerrStatePush: Sendable {
    private let client: OkerrClient<ContinuousClock>
    private let policy: String?

    package init(_ settings: NotificationSettings.OkerrPush, network: Network) {
        client = OkerrClient(settings.project, http: network.http)
        policy = settings.policy
    }

    /// OK and WARNING are told as OK, CRITICAL as ERR. UNKNOWN is not told: it would be neither. Gives why it did not work.
    package func push(_ scheme: Scheme, _ status: Status, _ summary: String) async -> String? {
        guard let isOK = Self.isOK(status) else { return nil }
        var indicator = OkerrIndicator(
            name: "dns:\(scheme.name)", isOK: isOK, details: summary,
            description: "\(scheme.record.name), watched and failed over by dnsconverge")
        if let policy { indicator.policy = policy }
        do throws(OkerrError) {
            try await client.update(indicator)
            return nil
        } catch {
            return error.description
        }
    }

    private static func isOK(_ status: Status) -> Bool? {
        switch status {
        case .ok, .warning: true
        case .critical: false
        case .unknown: nil
        }
    }
}
