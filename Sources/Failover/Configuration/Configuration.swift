import DNSModel
import Wire

/// What `dnsconverge.yaml` says, all of it checked.
package struct Configuration: Sendable {
    /// Where the API answers.
    package var listen: ListenAddress?
    /// The names by which browsers may reach it, besides its address.
    package var hosts: [String]
    /// The Unix-domain socket on which commands find the daemon.
    package var socket: String
    /// What who uses the API over the network must know.
    package var apiToken: Secret?
    /// The journal's file.
    package var store: String
    /// How long the journal remembers.
    package var retention: Duration
    package var resolvers: ResolverSettings
    /// How many questions one resolver operator is asked in a second at the most, for all schemes together.
    package var queryBudget: Int
    /// From one look at all servers and resolvers to the next; nil: they are looked at only behind a change.
    package var watchInterval: Duration?
    package var deadMan: DeadManSettings?
    package var okerr: OkerrSettings?
    /// What stands in the URL to which okerr posts what has changed: it signs nothing.
    package var okerrWebhook: Secret?
    /// In the order of the file.
    package var schemes: [ConfiguredScheme]
    /// What works and is not as it should be.
    package var warnings: [SettingProblem]

    /// Where secrets are kept that are given while the program runs.
    package var secrets: SecretStore { SecretStore(besides: store) }

    /// What holds for schemes that are made at run time as well.
    let surroundings: SchemeSurroundings

    /// Who is told of what concerns no scheme alone.
    package var notifications: NotificationSettings { surroundings.notifications }
    package var hooks: HookSettings { surroundings.hooks }

    package static let usualPath = "/etc/dnsconverge/dnsconverge.yaml"
    static let usualSocket = "/run/dnsconverge/control.sock"
    static let usualStore = "/var/lib/dnsconverge/journal.sqlite"
}

package enum ListenAddress: Hashable, Sendable {
    case network(IPAddress, port: UInt16)
    case socket(path: String)
}

/// Which resolvers are watched, and from where delegations are walked.
package struct ResolverSettings: Sendable {
    /// Nil for the built-in list.
    package var list: ResolverList?
    package var tiers: Set<Resolver.Tier> = [.core]
    package var rootHints = RootHints.builtIn
}

/// A sign of life that we send out, so that somebody notices when it stops.
package struct DeadManSettings: Hashable, Sendable {
    package let url: Secret
    /// Where it leads, for messages.
    package let origin: String
    package let interval: Duration
}
