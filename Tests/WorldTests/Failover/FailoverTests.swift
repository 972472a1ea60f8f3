import DNSModel
import Failover
import TestSupport
import Testing

extension InTheWorld {
    @Suite("When a server fails, the record moves to the next one, once, and is followed everywhere")
    struct FailoverTests {
        static let (charlie, echo, bravo) = ("116.202.27.149", "51.158.104.109", "37.59.102.26")

        /// The scheme of okerr's story, its checks quick enough for a test.
        static func scheme(_ publisher: Publisher, in world: MiniatureInternet, policy: String = "") -> String {
            """
              cat:
                record: {name: \(publisher.record), ttl: 5}
                provider: \(publisher.yaml(world))
                policy: {fall: 2, rise: 2, min_interval: 1s, max_changes: 100\(policy)}
                servers:
                  charlie: {address: \(charlie), priority: 100, check: \(check)}
                  echo: {address: \(echo), priority: 95, check: \(check)}
                  bravo: {address: \(bravo), priority: 85, check: \(check)}
            """
        }

        private static let check =
            "{http: 'http://cat.okerr.com/', contains: status=OK, interval: 500ms, timeout: 400ms}"

        /// A daemon whose servers are all well, the first of them published, and no change on its way.
        static func start(
            _ publisher: Publisher, in world: MiniatureInternet, policy: String = ""
        ) async throws -> RunningDaemon {
            try await world.commands(["charlie", "echo", "bravo"].map { ["web", $0, "ok"] })
            try await publisher.set(charlie, in: world)
            let daemon = try RunningDaemon(scheme(publisher, in: world, policy: policy), in: world)
            try await daemon.line(with: "cat: charlie", "unknown → ok")
            try await daemon.status(of: "cat") { $0.published["A"]?.values == [charlie] && $0.selected == ["charlie"] }
            return daemon
        }

        private func isEverywhere(_ address: String, _ record: String, in world: MiniatureInternet) async throws -> Bool
        {
            try await world.check(record, "--expect", address).exitCode == 0
        }

        @Test("It moves once, is everywhere, and comes back", arguments: Publisher.all)
        func failoverAndFailback(_ publisher: Publisher) async throws {
            let world = try await MiniatureInternet.running()
            let daemon = try await Self.start(publisher, in: world)
            let serial = try await publisher.serial(in: world)

            try await world.command("web", "charlie", "err")
            try await daemon.line(with: "cat: charlie", "ok → fail")
            try await daemon.line(with: "cat: change", "\(Self.charlie) → \(Self.echo)")
            try await daemon.line(with: "cat: change", "every authoritative address")
            try await daemon.line(with: "cat: change", "every counted operator has it")
            #expect(try await isEverywhere(Self.echo, publisher.record, in: world))
            #expect(try await publisher.serial(in: world) == serial + 1)
            let status = try await daemon.status(of: "cat")
            #expect(status.selected == ["echo"] && status.status == .warning, "\(status)")

            try await world.command("web", "charlie", "ok")
            try await daemon.line(with: "cat: change", "\(Self.echo) → \(Self.charlie)")
            try await daemon.line(with: "cat: change", "every counted operator has it")
            #expect(try await isEverywhere(Self.charlie, publisher.record, in: world))
            #expect(try await publisher.serial(in: world) == serial + 2)
            try await daemon.status(of: "cat") { $0.exitCode == 0 }
            #expect(await daemon.end() == 0)
        }

        @Test("Charlie and echo down: bravo; all down: as it was; maintenance moves the record, its end moves it back")
        func okerrStory() async throws {
            let world = try await MiniatureInternet.running()
            let daemon = try await Self.start(.bind("www.z26.net", of: "z26.net"), in: world)
            try await world.commands([["web", "charlie", "err"], ["web", "echo", "err"]])
            try await daemon.line(with: "cat: change", "→ \(Self.bravo)")
            try await daemon.line(with: "cat: change", "every authoritative address")
            try await world.command("web", "bravo", "err")
            try await daemon.line(with: "cat: critical", "down")
            let down = try await daemon.status(of: "cat")
            #expect(down.published["A"]?.values == [Self.bravo] && down.exitCode == 2, "\(down)")

            try await world.commands(["charlie", "echo", "bravo"].map { ["web", $0, "ok"] })
            try await daemon.line(with: "cat: change", "→ \(Self.charlie)")
            try await daemon.line(with: "cat: change", "every authoritative address")
            try await daemon.command("server", "maintenance", "cat", "charlie", "--why", "new kernel")
            try await daemon.line(with: "cat: change", "→ \(Self.echo)")
            try await daemon.line(with: "cat: change", "every authoritative address")
            try await daemon.command("server", "maintenance", "cat", "charlie", "--end")
            try await daemon.line(with: "cat: change", "→ \(Self.charlie)")
            try await daemon.line(with: "cat: change", "every authoritative address")
            #expect(await daemon.end() == 0)
        }

        @Test("All down, and the policy says first: the server with the highest priority, as okerr does")
        func allDownFirst() async throws {
            let world = try await MiniatureInternet.running()
            let publisher = Publisher.bind("www.z27.net", of: "z27.net")
            let daemon = try await Self.start(publisher, in: world, policy: ", all_down: first")
            try await world.command("web", "charlie", "err")
            try await daemon.line(with: "cat: change", "→ \(Self.echo)")
            try await world.commands([["web", "echo", "err"], ["web", "bravo", "err"]])
            try await daemon.line(with: "cat: change", "→ \(Self.charlie)")
            try await daemon.line(with: "cat: change", "every authoritative address")
            #expect(try await daemon.status(of: "cat").exitCode == 2)
            #expect(await daemon.end() == 0)
        }

        @Test("What somebody else has set is told and not fought, until somebody pushes")
        func foreignChange() async throws {
            let world = try await MiniatureInternet.running()
            let publisher = Publisher.bind("www.z28.net", of: "z28.net")
            let daemon = try await Self.start(publisher, in: world)
            try await publisher.set("198.51.100.99", in: world)
            let serial = try await publisher.serial(in: world)
            try await world.command("web", "charlie", "err")
            try await daemon.line(with: "cat: warning", "198.51.100.99", "somebody else")
            let status = try await daemon.status(of: "cat") { $0.pending?.cause == "foreign" }
            #expect(status.alerts.contains { $0.code == "foreign-change" }, "\(status)")
            #expect(try await publisher.serial(in: world) == serial)
            try await daemon.command("push", "cat")
            try await daemon.line(with: "cat: change", "→ \(Self.echo)")
            try await daemon.line(with: "cat: change", "every authoritative address")
            #expect(try await publisher.serial(in: world) == serial + 1)
            #expect(await daemon.end() == 0)
        }
    }
}
