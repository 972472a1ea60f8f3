import CLI
import DNSModel
import Daemon
import Failover
import FoundationEssentials
import Glibc
import Logging
import Providers
import Wire

/// A run that needs nothing: a name server and three web servers inside this process, and a scheme that leads to them.
struct SandboxRun {
    let logger: Logger
    let observesOnly: Bool

    func run() async throws {
        let directory = try Self.temporaryDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let servers = try PracticeServers()
        let configuration: Configuration
        do throws(ConfigurationErrors) {
            let context = ConfigurationContext(
                references: SecretReferences(environment: [:], directory: directory), providerKinds: [Sandbox.self])
            configuration = try Configuration(
                Array(Self.settings(directory, servers).utf8), subject: "sandbox", context)
        } catch {
            throw CLI.CommandFailure("the sandbox cannot be set up: \(error)")
        }
        guard let provider = configuration.schemes.first?.provider as? Sandbox else {
            throw CLI.CommandFailure("the sandbox cannot be set up: its scheme has no name server")
        }
        var options = Daemon.Options()
        options.observesOnly = observesOnly
        options.version = Dnsconverge.version
        let network = try Network.forDaemon(root: .nowhere, resolvers: ResolverList(resolvers: []))
        let daemon = Daemon(
            configuration, options: options, logger: logger, network: network, journal: MemoryJournal())
        let (socket, page) = (configuration.socket, configuration.listen?.url ?? "")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await servers.serve() }
            try await daemon.run { Self.explain(socket, page, provider.responder.endpoint, servers) }
            group.cancelAll()
        }
    }

    private static func settings(_ directory: String, _ servers: PracticeServers) -> String {
        let lines = servers.all.enumerated().map { index, server in
            "      \(server.name): {address: \(server.address), priority: \(100 - 5 * index), check: {http: "
                + "\"http://\(server.address):\(server.port)/\", contains: \"status=OK\", interval: 2s, timeout: 1s}}"
        }
        return """
            listen: 127.0.0.1:\(servers.pagePort)
            socket: \(directory)/control.sock
            store: \(directory)/journal.sqlite
            schemes:
              cat:
                record: {name: cat.example.test, ttl: 20}
                provider: {kind: sandbox, zone: example.test}
                policy: {fall: 2, rise: 2, min_interval: 5s, failback: auto}
                servers:
            \(lines.joined(separator: "\n"))

            """
    }

    private static func explain(_ socket: String, _ page: String, _ server: Endpoint, _ servers: PracticeServers) {
        let first = servers.all.first.map { "\($0.address):\($0.port)" } ?? ""
        StandardStream.output.write(
            """

            The sandbox runs: \(page)

            In another terminal:

              export DNSCONVERGE_SOCKET=\(socket)
              dnsconverge status cat                            how the scheme is
              dig @\(server.address) -p \(server.port) cat.example.test         what its name server says
              curl http://\(first)/fail                  charlie falls ill; /heal makes it well again
              dnsconverge status cat                            echo has taken over
              dnsconverge server maintenance cat echo --why practice
              dnsconverge server pretend cat bravo fail --for 1m
              dnsconverge history cat

            Ctrl-C ends it.


            """)
    }

    private static func temporaryDirectory() throws -> String {
        var template = Array("/tmp/dnsconverge-sandbox-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw CLI.CommandFailure("/tmp: no directory can be made there: \(String(cString: strerror(errno)))")
        }
        return String(decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
