import DNSModel
import FoundationEssentials
import TestSupport
import Testing

extension InTheWorld {
    @Suite("Whatever happens, a monitoring system can read it")
    struct NagiosTests {
        struct Situation: Sendable {
            let arguments: [String]
            var node = "client"
            /// Addresses that are silent meanwhile.
            var silent: (@Sendable (MiniatureInternet) throws -> [String])?
        }

        static let situations: [Case<Situation, Int32>] = [
            Case("all is well", Situation(arguments: ["-H", "www.z04.net"]), 0),
            Case("two types", Situation(arguments: ["-H", "www.z04.net", "-T", "A,AAAA"]), 0),
            Case(
                "ranges and details", Situation(arguments: ["-H", "www.z04.net", "-w", "95:", "-c", "80:", "-vvv"]), 0),
            Case("the expected address", Situation(arguments: ["-H", "www.z04.net", "-a", "192.0.2.4", "-L"]), 0),
            Case("a name that must not exist", Situation(arguments: ["-H", "nobody.z04.net", "-n"]), 0),
            Case("the authoritative side alone", Situation(arguments: ["-H", "www.z04.net", "-A"]), 0),
            Case("text with quotes", Situation(arguments: ["-H", "text.z04.net", "-T", "TXT"]), 0),
            Case("a silent server", Situation(arguments: ["-H", "www.silent-server.org"]), 1),
            Case("a lagging server", Situation(arguments: ["-H", "www.stale-secondary.org"]), 1),
            Case("servers that disagree", Situation(arguments: ["-H", "www.same-serial.org", "-v"]), 1),
            Case("another address than expected", Situation(arguments: ["-H", "www.z04.net", "-a", "192.0.2.99"]), 2),
            Case("no server answers", Situation(arguments: ["-H", "www.all-silent.org"]), 2),
            Case("a long name", Situation(arguments: ["-H", String(repeating: "label.", count: 30) + "z04.net"]), 1),
            Case("expired signatures", Situation(arguments: ["-H", "www.expired-signature.org"]), 2),
            Case(
                "all resolvers are dead",
                Situation(arguments: ["-H", "www.z04.net", "-t", "4"], silent: { $0.coreResolverAddresses }), 3),
            Case(
                "nothing answers",
                Situation(arguments: ["-H", "www.z04.net", "-t", "4"], silent: { try $0.node("client").addresses }), 3),
            Case("no network", Situation(arguments: ["-H", "www.z04.net"], node: "island"), 3),
            Case("no IPv6", Situation(arguments: ["-H", "www.z04.net"], node: "client4"), 0),
            Case(
                "the time is over before anything is known",
                Situation(
                    arguments: ["-H", "www.z04.net", "-t", "2", "--timeout-state", "unknown"],
                    silent: { try $0.node("client").addresses }), 3),
            Case("no name", Situation(arguments: []), 3),
            Case("not a name", Situation(arguments: ["-H", "two words"]), 3),
            Case("not a range", Situation(arguments: ["-H", "www.z04.net", "-w", "high"]), 3),
            Case("not a type", Situation(arguments: ["-H", "www.z04.net", "-T", "NOTATYPE"]), 3),
            Case("no such option", Situation(arguments: ["--no-such-option"]), 3),
            Case("no such file", Situation(arguments: ["-H", "www.z04.net", "--resolvers", "/no/such/file"]), 3),
        ]

        @Test("The plugin, called by its name")
        func plugin() async throws {
            let world = try await MiniatureInternet.running()
            try await concurrently(Self.situations.filter { $0.input.silent == nil }, width: 5) {
                try await runPlugin($0, in: world)
            }
            for row in Self.situations {
                guard let silent = row.input.silent else { continue }
                try await world.silencing(silent(world)) { try await runPlugin(row, in: world) }
            }
        }

        private func runPlugin(_ row: Case<Situation, Int32>, in world: MiniatureInternet) async throws {
            let directory = try TemporaryDirectory()
            let plugin = directory.path + "/check_dns_propagation"
            try FileManager.default.createSymbolicLink(atPath: plugin, withDestinationPath: Repository.program)
            let hints = row.input.arguments.isEmpty ? [] : ["--root-hints", world.rootHints]
            let words = try world.node(row.input.node).exec + [plugin] + row.input.arguments + hints
            try expectReadable(try await Command.run(words), code: row.output, in: row.testDescription)
        }

        @Test(
            "The format nagios of check and watch",
            arguments: [
                Case("check, well", ["check", "www.z04.net"], Int32(0)),
                Case("check, a lame server", ["check", "www.lame-refused.org"], 1),
                Case("check, not a name", ["check", "two words"], 3),
                Case("watch, well", ["watch", "www.z04.net"], 0),
                Case("watch, past its deadline", ["watch", "www.lame-refused.org", "--deadline", "3s"], 2),
            ])
        func format(_ row: Case<[String], Int32>) async throws {
            let world = try await MiniatureInternet.running()
            let result = try await world.run(row.input[0], Array(row.input.dropFirst()) + ["--format", "nagios"])
            try expectReadable(result, code: row.output, in: row.testDescription)
        }

        @Test("Help and version are UNKNOWN, lest a service be taken for well", arguments: ["--help", "-h", "-V"])
        func notAService(option: String) async throws {
            let directory = try TemporaryDirectory()
            let plugin = directory.path + "/check_dns_propagation"
            try FileManager.default.createSymbolicLink(atPath: plugin, withDestinationPath: Repository.program)
            let result = try await Command.run([plugin, option])
            #expect(result.exitCode == 3)
            #expect(result.errors == "" && !result.output.isEmpty)
        }

        private func expectReadable(_ result: Command, code: Int32, in situation: String) throws {
            let about = Comment(rawValue: "\(situation): \(result.exitCode): \(result.output)\(result.errors)")
            #expect(result.exitCode == code, about)
            #expect(result.errors == "", about)
            let output = try PluginOutput(result.output)
            let states = ["OK", "WARNING", "CRITICAL", "UNKNOWN"]
            try #require(states.indices.contains(Int(result.exitCode)), about)
            #expect(output.text.hasPrefix("PROPAGATION \(states[Int(result.exitCode)]): "), about)
            guard let converged = output.figures.first(where: { $0.label.hasPrefix("converged") }) else { return }
            // A figure that alerts by its own range has to have a status that says so.
            for figure in output.figures where figure.isCritical { #expect(result.exitCode >= 2, "\(figure) \(about)") }
            #expect(converged.unit == "%" || converged.value == nil, about)
        }
    }
}

extension PluginOutput.Figure {
    fileprivate var isCritical: Bool {
        guard let value, let critical else { return false }
        return critical.isInside == (critical.start...critical.end).contains(value)
    }
}
