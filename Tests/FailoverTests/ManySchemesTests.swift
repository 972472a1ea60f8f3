import DNSModel
import FoundationEssentials
import Glibc
import TestSupport
import Testing
import Wire

@testable import Failover

@Suite("A thousand schemes with three servers each")
struct ManySchemesTests {
    @Test("are read in one go, and a problem in the last one is told")
    func reads() throws {
        let directory = try TemporaryDirectory()
        var text = "schemes:\n"
        for number in 0..<1000 { text += Self.scheme(number, port: 443) }
        let path = try directory.write(text, to: "dnsconverge.yaml")
        let configuration = try ConfigurationFixtures.read(path)
        #expect(configuration.schemes.count == 1000)
        try directory.write(text.replacing("s999.example.org", with: "s998.example.org"), to: "dnsconverge.yaml")
        let error = #expect(throws: ConfigurationErrors.self) { try ConfigurationFixtures.read(path) }
        #expect(error?.problems.map(\.field) == ["schemes.s999.record.name"])
    }

    @Test(
        "are checked in time by the real clock: none begins a second late",
        .enabled(if: Sampling.isSoak, "takes half a minute; DNSCONVERGE_SOAK=1 runs it"))
    func lateness() async throws {
        let server = try FakeHTTPServer()
        let before = Self.residentKibibytes
        let directory = try TemporaryDirectory()
        var text = "schemes:\n"
        for number in 0..<1000 { text += Self.scheme(number, port: server.port) }
        let schemes = try ConfigurationFixtures.read(try directory.write(text, to: "dnsconverge.yaml")).schemes
        let (results, continuation) = AsyncStream.makeStream(of: Health.self)
        let scheduler = CheckScheduler(network: try Checks.network(), clock: ContinuousClock()) { _, result in
            continuation.yield(result.health)
        }
        await scheduler.replace(with: schemes.flatMap { $0.checks.values })
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await scheduler.run() }
            for await health in results.prefix(9000) where health != .ok { Issue.record("a check says \(health)") }
            group.cancelAll()
        }
        let lateness = await scheduler.lateness
        print(
            "\(lateness.count) checks: latest \(lateness.largest), p99 \(lateness.percentile(0.99)); memory",
            "\(before) KiB before, \(Self.residentKibibytes) KiB after")
        #expect(lateness.largest < .seconds(1))
    }

    private static func scheme(_ number: Int, port: UInt16) -> String {
        """
          s\(number):
            record: s\(number).example.org
            provider: {kind: rfc2136, server: 192.0.2.53, zone: example.org}
            servers:
              a: {address: 127.0.0.1, priority: 3, check: {tcp: \(port)}}
              b: {address: 127.0.0.1, priority: 2, check: {tcp: \(port)}}
              c: {address: 127.0.0.1, priority: 1, check: {tcp: \(port)}}

        """
    }

    private static var residentKibibytes: Int {
        let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")
        return (pages?.dropFirst().first.flatMap { Int($0) } ?? 0) * sysconf(Int32(_SC_PAGESIZE)) / 1024
    }
}
