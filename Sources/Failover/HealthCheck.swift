import DNSModel
import Wire

/// A way to find out how a server is. Its settings are its properties; `HealthChecks.kinds` lists all of them.
package protocol HealthCheck: Sendable {
    /// The key of its settings: `http`.
    static var kind: String { get }

    /// Asks once. It throws nothing: what went wrong is the result. Whoever calls ends it when its time is over.
    func run(against server: CheckSubjectServer, over network: Network) async -> CheckResult
}

/// The server that a check is about.
package struct CheckSubjectServer: Hashable, Sendable {
    package let scheme: SchemeName
    package let name: ServerName
    package let addresses: [IPAddress]

    package init(scheme: SchemeName, name: ServerName, addresses: [IPAddress]) {
        self.scheme = scheme
        self.name = name
        self.addresses = addresses
    }
}
