import DNSModel
import TestSupport
import Testing

/// A provider, and a record of its own at it that tests may change.
struct Publisher: Sendable, CustomTestStringConvertible {
    let kind: String
    let record: String
    /// Besides the kind, as a configuration has them.
    let settings: @Sendable (MiniatureInternet) -> [(name: String, value: String)]

    var testDescription: String { "\(kind), \(record)" }

    /// `rfc2136` at BIND and at Knot DNS, and PowerDNS by its API: a zone each.
    static let all = [
        Publisher(kind: "rfc2136", record: "www.z25.net") { update(at: "216.218.130.2", of: "z25.net", $0) },
        Publisher(kind: "rfc2136", record: "www.k01.net") { update(at: "216.218.132.2", of: "k01.net", $0) },
        Publisher(kind: "powerdns", record: "www.p01.net") {
            [("url", "http://216.66.1.2:8081"), ("zone", "p01.net"), ("key", "file:\($0.powerDNSKey)")]
        },
    ]

    /// At BIND, for tests to which the provider does not matter.
    static func bind(_ record: String, of zone: String) -> Publisher {
        Publisher(kind: "rfc2136", record: record) { update(at: "216.218.130.2", of: zone, $0) }
    }

    private static func update(
        at server: String, of zone: String, _ world: MiniatureInternet
    ) -> [(name: String, value: String)] {
        [("server", server), ("zone", zone), ("key", "file:\(world.updateKey)")]
    }

    /// As a configuration has it.
    func yaml(_ world: MiniatureInternet) -> String {
        "{kind: \(kind), " + settings(world).map { "\($0.name): '\($0.value)'" }.joined(separator: ", ") + "}"
    }

    /// Sets the record by `dnsconverge update`, which ends when every authoritative address has it.
    @discardableResult
    func set(_ value: String, in world: MiniatureInternet) async throws -> Command {
        let set = settings(world).flatMap { ["--set", "\($0.name)=\($0.value)"] }
        let command = try await world.run(
            "update", [record, "A", value, "--ttl", "5", "--provider", kind] + set)
        guard command.exitCode == 0 else { throw WorldFailure("\(command.output)\(command.errors)") }
        return command
    }

    /// The zone's serial at its primary, which grows with each change.
    func serial(in world: MiniatureInternet) async throws -> UInt32 {
        let report = try await world.check(record, "--no-resolvers").report
        guard let serial = report.zone?.serials.values.max() else { throw WorldFailure("no serial: \(report.brief)") }
        return serial
    }
}
