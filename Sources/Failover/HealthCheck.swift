import DNSModel
import Wire

/// A way to find out how a server is. Its settings are its properties; `HealthChecks.kinds` lists all of them.
package protocol HealthCheck: Sendable {
    /// The key of its settings: `http`.
    static var kind: String { get }

    /// Reads the settings, of which the one named like the kind says most; nil when something is wrong with them.
    init?(reading settings: inout SettingReader, in context: CheckContext)

    /// Asks once. It throws nothing: what went wrong is the result. Whoever calls ends it when its time is over.
    func run(against server: CheckSubjectServer, over network: Network) async -> CheckResult
}

/// What a check is about, within all schemes. Without a scheme it is a canary of all of them.
package struct CheckID: Hashable, Sendable, CustomStringConvertible {
    package let scheme: SchemeName?
    package let name: ServerName

    package init(scheme: SchemeName?, name: ServerName) {
        self.scheme = scheme
        self.name = name
    }

    /// `charlie:cat`, as okerr names indicators.
    package var description: String { scheme.map { "\(name):\($0)" } ?? name.text }
}

/// The server that a check is about.
package struct CheckSubjectServer: Hashable, Sendable {
    package let id: CheckID
    package let addresses: [IPAddress]

    package init(id: CheckID, addresses: [IPAddress]) {
        self.id = id
        self.addresses = addresses
    }

    package init(scheme: SchemeName?, name: ServerName, addresses: [IPAddress]) {
        self.init(id: CheckID(scheme: scheme, name: name), addresses: addresses)
    }
}

/// What a check has to know when its settings are read.
package struct CheckContext: Sendable {
    /// The server that the check will be about.
    package let server: CheckSubjectServer
    package let interval: Duration
    package let timeout: Duration
    let surroundings: SchemeSurroundings

    /// The project whose indicators may be asked for.
    var okerr: OkerrReader? { surroundings.okerr }
    /// Where heartbeats arrive.
    var heartbeats: HeartbeatBoard { surroundings.context.heartbeats }
}
