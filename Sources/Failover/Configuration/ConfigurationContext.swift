import DNSModel
import Providers
import Wire

/// What reading a configuration needs besides its text.
package struct ConfigurationContext: Sendable {
    package var secrets: SettingReader.SecretLookup
    package var providerKinds: [any Provider.Type]
    /// Kept from one reading to the next.
    package var heartbeats: HeartbeatBoard
    /// What paths are relative to.
    package var directory: String

    package init(
        secrets: @escaping SettingReader.SecretLookup, providerKinds: [any Provider.Type],
        heartbeats: HeartbeatBoard = HeartbeatBoard(), directory: String = "."
    ) {
        self.secrets = secrets
        self.providerKinds = providerKinds
        self.heartbeats = heartbeats
        self.directory = directory
    }
}
