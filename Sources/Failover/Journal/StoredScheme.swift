import DNSModel
import FoundationEssentials

/// A scheme that was made while the program ran, by the dashboard, the API or a command.
package struct StoredScheme: Hashable, Sendable, Codable {
    package let name: SchemeName
    /// What stands under its name in a configuration, as YAML. Secrets are references, never texts.
    package let settings: String
    package let madeAt: Date
    /// `root@host`, `api:alice`.
    package let madeBy: String

    package init(name: SchemeName, settings: String, madeAt: Date, madeBy: String) {
        self.name = name
        self.settings = settings
        self.madeAt = madeAt
        self.madeBy = madeBy
    }
}
