import DNSModel
import FoundationEssentials
import TestSupport
import Wire

@testable import Failover

/// Checks as they are read from a configuration, and made against servers on loopback.
enum Checks {
    static let loopback = IPAddress(octets: [127, 0, 0, 1] as [UInt8])

    static func network(_ trust: TLSTrust = .system) throws -> Network {
        Network(
            engine: try QueryEngine(), http: HTTPClient(trust: trust), root: RootHints.builtIn.delegation,
            resolvers: ResolverList(resolvers: []))
    }

    /// Reads what stands behind `check:`, about a server at these addresses.
    static func read(
        _ yaml: String, addresses: [IPAddress] = [loopback].compactMap(\.self), okerr: OkerrSettings? = nil,
        environment: [String: String] = [:], heartbeats: HeartbeatBoard = HeartbeatBoard()
    ) throws -> ScheduledCheck {
        let references = SecretReferences(environment: environment, directory: "/nonexistent")
        let context = ConfigurationContext(references: references, providerKinds: [], heartbeats: heartbeats)
        let surroundings = SchemeSurroundings(context: context, okerr: okerr.map { OkerrReader($0) })
        let server = CheckSubjectServer(
            scheme: SchemeName("cat"), name: ServerName("charlie"), addresses: addresses)
        var settings = context.reader(try YAMLDocument(Array("check: \(yaml)".utf8)).root, path: "")
        let check = settings.node("check").flatMap {
            ScheduledCheck.read($0, "check", of: server, in: &settings, surroundings)
        }
        guard let check, settings.problems.isEmpty else {
            throw ConfigurationErrors(subject: "check", problems: settings.problems)
        }
        return check
    }

    /// Makes a check once.
    static func run(_ yaml: String, addresses: [IPAddress] = [loopback].compactMap(\.self)) async throws -> CheckResult
    {
        try await read(yaml, addresses: addresses).result(over: network())
    }
}

/// The part of a result that a table compares.
struct Outcome: Hashable, Sendable {
    let health: Health
    let reason: String

    init(_ health: Health, _ reason: String) {
        (self.health, self.reason) = (health, reason)
    }
}
