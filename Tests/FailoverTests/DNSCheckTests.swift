import DNSModel
import Failover
import TestSupport
import Testing

@Suite("A dns check")
struct DNSCheckTests {
    @Test(
        "judges code, data and authority",
        arguments: [
            Case("an answer", "", Outcome(.ok, "www.example.org A: 192.0.2.1 after")),
            Case("the data that is wanted", "value: 192.0.2.1", Outcome(.ok, "www.example.org A: 192.0.2.1 after")),
            Case("other data", "value: 192.0.2.2", Outcome(.fail, "www.example.org A: 192.0.2.1")),
            Case(
                "data that is missing", "value: [192.0.2.1, 192.0.2.2]", Outcome(.fail, "www.example.org A: 192.0.2.1")),
            Case("another code is wanted", "rcode: NXDOMAIN", Outcome(.fail, "www.example.org A: NOERROR")),
            Case("authority", "authoritative: true", Outcome(.ok, "www.example.org A: 192.0.2.1 after")),
            Case("over TCP", "transport: tcp", Outcome(.ok, "www.example.org A: 192.0.2.1 after")),
        ])
    func answers(_ row: Case<String, Outcome>) async throws {
        let server = try FakeNameServer { [.reply($0.answer())] }
        let result = try await Self.ask(server, row.input)
        #expect(result.health == row.output.health)
        #expect(result.reason.hasPrefix(row.output.reason), "\(result.reason)")
    }

    @Test(
        "an answer that is none",
        arguments: [
            Case("refused", UInt8(5), Outcome(.fail, "www.example.org A: REFUSED")),
            Case("no such name", 3, Outcome(.fail, "www.example.org A: NXDOMAIN")),
            Case("no such record", 0, Outcome(.fail, "www.example.org A: there is no such record")),
        ])
    func refusals(_ row: Case<UInt8, Outcome>) async throws {
        let server = try FakeNameServer { [.reply($0.reply(rcode: row.input))] }
        let result = try await Self.ask(server, "")
        #expect(Outcome(result.health, result.reason) == row.output)
    }

    @Test("an answer without authority is not enough where that is wanted")
    func authority() async throws {
        let server = try FakeNameServer { query in
            [.reply(query.reply(flags: 0x8180, answers: [FakeQuery.record(type: 1, data: [192, 0, 2, 1])]))]
        }
        #expect(try await Self.ask(server, "authoritative: true").reason.hasSuffix("not authoritative"))
        #expect(try await Self.ask(server, "").health == .ok)
    }

    @Test("a code that is wanted is what the server gives")
    func wantedCode() async throws {
        let server = try FakeNameServer { [.reply($0.reply(rcode: 3))] }
        #expect(try await Self.ask(server, "rcode: NXDOMAIN").health == .ok)
    }

    @Test("silence is a failure")
    func silence() async throws {
        let server = try FakeNameServer { _ in [] }
        #expect(try await Self.ask(server, "timeout: 100ms").health == .fail)
    }

    @Test(
        "a serial number may not be behind another server's",
        arguments: [
            Case("the same", 7, Health.ok), Case("behind", 6, .fail), Case("ahead", 8, .ok),
            Case("behind, past the end of the numbers", UInt32.max, .fail),
        ] as [Case<UInt32, Health>])
    func serials(_ row: Case<UInt32, Health>) async throws {
        let server = try FakeNameServer { [.reply(Self.soa($0, row.input))] }
        let reference = try FakeNameServer { [.reply(Self.soa($0, 7))] }
        let result = try await Self.ask(server, "type: SOA, serial_of: \"127.0.0.1:\(reference.port)\"")
        #expect(result.health == row.output, "\(result.reason)")
    }

    private static func ask(_ server: FakeNameServer, _ settings: String) async throws -> CheckResult {
        try await Checks.run("{dns: www.example.org, port: \(server.port)\(settings.isEmpty ? "" : ", \(settings)")}")
    }

    private static func soa(_ query: FakeQuery, _ serial: UInt32) -> [UInt8] {
        let numbers = [serial, 3600, 600, 86_400, 300].flatMap { number in
            [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> UInt32($0)) }
        }
        return query.reply(answers: [FakeQuery.record(type: 6, data: [0, 0] + numbers)])
    }
}
