import FoundationEssentials
import TestSupport
import Testing

@testable import Providers

/// The loopback services are true to the real ones when clients that know nothing of us work with them.
@Suite("Debian's clients work with the loopback services", .enabled(if: LoopbackService.isInstalled, "no python3"))
struct DynDNSClientsTests {
    private static let records = [LoopbackRecord("cat.example.org", "A", ["192.0.2.1"])]

    @Test(
        "ddclient", .enabled(if: ChildProcess.path(of: "ddclient") != nil, "ddclient is not installed"),
        arguments: [("he", "cat.example.org", "he-record-key"), ("dyndns2", "user", "dyndns2-password")])
    func ddclient(kind: String, user: String, password: String) async throws {
        let service = try LoopbackService(kind, records: Self.records)
        let server = service.url.dropFirst("http://".count)
        let output = try await Self.ddclient(server, user, password)
        #expect(output.contains("SUCCESS"), "\(output)")
        #expect(try await service.values() == ["192.0.2.7"])
        // And it knows a refusal when it sees one.
        let refused = try await Self.ddclient(server, user, "wrong")
        #expect(refused.contains("badauth") || refused.contains("FAILED"), "\(refused)")
    }

    private static func ddclient(_ server: Substring, _ user: String, _ password: String) async throws -> String {
        let program = try #require(ChildProcess.path(of: "ddclient"))
        let directory = try TemporaryDirectory()
        let configuration = try directory.write(
            """
            ssl=no
            use=cmd, cmd='echo 192.0.2.7'
            protocol=dyndns2
            server=\(server)
            login=\(user)
            password='\(password)'
            cat.example.org

            """, to: "ddclient.conf")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: configuration)
        let arguments = [
            "-file", configuration, "-cache", directory.path + "/cache", "-pid", directory.path + "/pid", "-daemon=0",
            "-noquiet", "-verbose", "-foreground",
        ]
        return try await blocking { try ChildProcess(program, arguments).readAll() }
    }

    @Test(
        "inadyn", .enabled(if: ChildProcess.path(of: "inadyn") != nil, "inadyn is not installed"),
        arguments: [("he", "cat.example.org", "he-record-key"), ("dyndns2", "user", "dyndns2-password")])
    func inadyn(kind: String, user: String, password: String) async throws {
        let service = try LoopbackService(kind, records: Self.records)
        let server = String(service.url.dropFirst("http://".count))
        let output = try await Self.inadyn(server, user, password)
        #expect(try await service.values() == ["192.0.2.7"], "\(output)")
        let refused = try await Self.inadyn(server, user, "wrong")
        #expect(service.log.last?["reply"]?.string?.hasPrefix("badauth") == true, "\(refused)")
    }

    private static func inadyn(_ server: String, _ user: String, _ password: String) async throws -> String {
        let program = try #require(ChildProcess.path(of: "inadyn"))
        let directory = try TemporaryDirectory()
        let configuration = try directory.write(
            """
            period = 300
            allow-ipv6 = false
            custom loopback {
                ssl = false
                username = "\(user)"
                password = "\(password)"
                ddns-server = "\(server)"
                ddns-path = "/nic/update?hostname=%h&myip=%i"
                hostname = "cat.example.org"
                checkip-command = "echo 192.0.2.7"
            }

            """, to: "inadyn.conf")
        let arguments = [
            "--once", "--force", "--foreground", "--no-pidfile", "--loglevel=debug", "--cache-dir=\(directory.path)",
            "--config=\(configuration)",
        ]
        return try await blocking { try ChildProcess(program, arguments).readAll() }
    }
}
