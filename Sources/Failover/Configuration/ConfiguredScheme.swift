import DNSModel
import Providers

/// A scheme with all that it takes to run it.
package struct ConfiguredScheme: Sendable {
    package let scheme: Scheme
    package let provider: any Provider
    /// Of its servers and its canaries.
    package let checks: [ServerName: ScheduledCheck]
    package let hooks: HookSettings
    package let notifications: NotificationSettings
    /// The settings as they were written: secrets are references in it.
    package let source: SettingNode

    /// The scheme as YAML that reads as the same scheme again: its name and, below it, its settings.
    package var exported: String {
        let place = SettingNode.Place(line: 1, column: 1)
        let scheme = SettingNode.Member(key: scheme.name.text, place: place, node: source)
        return SettingNode(.mapping([scheme])).yaml
    }

    /// Whether both were written the same.
    package func saysTheSame(as other: ConfiguredScheme) -> Bool {
        scheme == other.scheme && source.saysTheSame(as: other.source)
    }
}
