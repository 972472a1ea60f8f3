import DNSModel
import FoundationEssentials
import TestSupport
import Testing

extension InTheWorld {
    @Suite("When a server fails, the record moves to the next one, once, and is followed everywhere")
    struct FailoverTests {
        static let (charlie, echo, bravo) = ("116.202.27.149", "51.158.104.109", "37.59.102.26")

        /// A provider, and a record of its own on it.
        struct Publisher: Sendable, CustomTestStringConvertible {
            let kind: String
            let record: String
            let settings: @Sendable (MiniatureInternet) -> String
            /// Tells the write requests to the provider apart in the WAN's trace.
            let isWrite: @Sendable (TraceEvent) -> Bool

            var testDescription: String { "\(kind) \(record)" }
        }

        static let publishers: [Publisher] = [
            Publisher(kind: "rfc2136", record: "www.z25.net", settings: { update(at: "216.218.130.2", $0, "z25.net") })
            {
                $0.opcode == "UPDATE" && $0.to == "ns1"
            },
            Publisher(kind: "rfc2136", record: "www.k01.net", settings: { update(at: "216.218.132.2", $0, "k01.net") })
            {
                $0.opcode == "UPDATE" && $0.to == "ns3"
            },
            Publisher(
                kind: "powerdns", record: "www.p01.net",
                settings: {
                    "{kind: powerdns, url: 'http://216.66.1.2:8081', zone: p01.net, key: 'file:\($0.powerDNSKey)'}"
                }, isWrite: { _ in false }),
        ]

        static func update(at server: String, _ world: MiniatureInternet, _ zone: String) -> String {
            "{kind: rfc2136, server: \(server), zone: \(zone), key: 'file:\(world.updateKey)'}"
        }

        /// The scheme of okerr's story, its checks quick enough for a test.
        static func scheme(_ name: String, _ publisher: Publisher, in world: MiniatureInternet, policy: String)
            -> String
        {
            """
              \(name):
                record: {name: \(publisher.record), ttl: 5}
                provider: \(publisher.settings(world))
                policy: {fall: 2, rise: 2, min_interval: 1s, max_changes: 100, \(policy)}
                servers:
                  charlie: {address: \(charlie), priority: 100, check: \(check)}
                  echo: {address: \(echo), priority: 95, check: \(check)}
                  bravo: {address: \(bravo), priority: 85, check: \(check)}
            """
        }

        static let check = "{http: 'http://cat.okerr.com/', contains: status=OK, interval: 500ms, timeout: 400ms}"

        /// Every server well, and nobody left over from another test.
        static func heal(_ world: MiniatureInternet) async throws {
            try await world.commands(["charlie", "echo", "bravo"].map { ["web", $0, "ok"] })
        }

        static func isEverywhere(_ address: String, _ record: String, in world: MiniatureInternet) async throws -> Bool
        {
            try await world.check(record, "--expect", address).exitCode == 0
        }

        @Test("It moves once, is everywhere, and comes back", arguments: publishers)
        func failoverAndFailback(_ publisher: Publisher) async throws {
            let world = try await MiniatureInternet.running()
            try await Self.heal(world)
            let daemon = try RunningDaemon(Self.scheme("cat", publisher, in: world, policy: ""), in: world)
            // What the zone begins with is nobody's of the scheme.
            try await daemon.line(with: "cat: change", "every counted operator has it")
            #expect(try await Self.isEverywhere(Self.charlie, publisher.record, in: world))

            let trace = try await Trace(in: world)
            try await world.command("web", "charlie", "err")
            try await daemon.line(with: "cat: charlie: ok → fail")
            try await daemon.line(with: "cat: change", "\(Self.charlie) → \(Self.echo)")
            try await daemon.line(with: "cat: change", "every authoritative address")
            try await daemon.line(with: "cat: change", "every counted operator has it")
            #expect(try await Self.isEverywhere(Self.echo, publisher.record, in: world))
            if publisher.kind == "rfc2136" {
                let writes = try await trace.recorded().filter { $0.kind == .query && publisher.isWrite($0) }
                #expect(writes.count == 1, "\(writes)")
            }
            let status = try await daemon.status(of: "cat")
            #expect(status.selected == ["echo"] && status.status == .warning, "\(status)")

            try await world.command("web", "charlie", "ok")
            try await daemon.line(with: "cat: change", "\(Self.echo) → \(Self.charlie)")
            try await daemon.line(with: "cat: change", "every counted operator has it")
            #expect(try await Self.isEverywhere(Self.charlie, publisher.record, in: world))
            #expect(try await daemon.status(of: "cat").exitCode == 0)
            #expect(await daemon.end() == 0)
        }

        @Test(
            "Charlie and echo down: bravo; all down: as it was; maintenance moves the record, and its end moves it back"
        )
        func okerrStory() async throws {
            let world = try await MiniatureInternet.running()
            try await Self.heal(world)
            let publisher = Self.publishers[0]
            let daemon = try RunningDaemon(Self.scheme("cat", publisher, in: world, policy: ""), in: world)
            try await daemon.line(with: "cat: change", "every authoritative address")
            try await world.commands([["web", "charlie", "err"], ["web", "echo", "err"]])
            try await daemon.line(with: "cat: change", "→ \(Self.bravo)")
            try await daemon.line(with: "cat: change", "every authoritative address")
            try await world.command("web", "bravo", "err")
            try await daemon.line(with: "cat: critical", "down")
            #expect(try await daemon.status(of: "cat").published["A"]?.values == [Self.bravo])
            #expect(try await daemon.status(of: "cat").exitCode == 2)

            try await Self.heal(world)
            try await daemon.line(with: "cat: change", "→ \(Self.charlie)")
            try await daemon.line(with: "cat: change", "every authoritative address")
            let maintenance = try await daemon.command("server", "maintenance", "cat", "charlie", "--why", "new kernel")
            #expect(maintenance.exitCode == 0, Comment(rawValue: maintenance.errors))
            try await daemon.line(with: "cat: change", "→ \(Self.echo)")
            try await daemon.line(with: "cat: change", "every authoritative address")
            let over = try await daemon.command("server", "maintenance", "cat", "charlie", "--end")
            #expect(over.exitCode == 0, Comment(rawValue: over.errors))
            try await daemon.line(with: "cat: change", "→ \(Self.charlie)")
            try await daemon.line(with: "cat: change", "every authoritative address")
            #expect(await daemon.end() == 0)
        }

        @Test("What somebody else has set is told and not fought")
        func foreignChange() async throws {
            let world = try await MiniatureInternet.running()
            try await Self.heal(world)
            let publisher = Self.publishers[0]
            let daemon = try RunningDaemon(Self.scheme("cat", publisher, in: world, policy: ""), in: world)
            try await daemon.line(with: "cat: change", "every authoritative address")
            try await world.publish(publisher.record, ttl: 5, "198.51.100.99")
            try await world.command("web", "charlie", "err")
            try await daemon.line(with: "cat:", "198.51.100.99")
            let trace = try await Trace(in: world)
            try await daemon.line(with: "cat: charlie: ok → fail")
            let status = try await daemon.status(of: "cat")
            #expect(status.alerts.contains { $0.code == "foreign-change" || $0.code == "conflict" }, "\(status)")
            let check = try await world.check(publisher.record, "--expect", "198.51.100.99", "--no-resolvers")
            #expect(check.exitCode == 0, Comment(rawValue: check.report.brief))
            let writes = try await trace.recorded().filter {
                $0.kind == .reply && $0.opcode == "UPDATE" && $0.rcode == "NOERROR"
            }
            #expect(writes.isEmpty)
            #expect(await daemon.end() == 0)
        }
    }
}
