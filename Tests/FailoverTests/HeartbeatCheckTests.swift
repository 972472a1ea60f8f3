import DNSModel
import FoundationEssentials
import TestSupport
import Testing
import Wire

@testable import Failover

@Suite("A heartbeat check")
struct HeartbeatCheckTests {
    private static let start = Date(timeIntervalSince1970: 1_800_000_000)

    @Test(
        "is well as long as heartbeats come in time",
        arguments: [
            Case("just now", 0, Health.ok), Case("in time", 60, .ok), Case("within the grace", 89, .ok),
            Case("late", 90, .fail), Case("very late", 100_000, .fail),
        ] as [Case<Double, Health>])
    func age(_ row: Case<Double, Health>) async throws {
        let board = HeartbeatBoard()
        let check = try Self.check("{heartbeat: 60s, grace: 30s}", board, at: Self.start.addingTimeInterval(row.input))
        await board.note(.ok, "", from: check.server.id, at: Self.start)
        let result = await check.result(over: try Checks.network())
        #expect(result.health == row.output, "\(result.reason)")
        if row.output == .ok { #expect(result.validUntil == Self.start.addingTimeInterval(90)) }
    }

    @Test("one that never came says nothing")
    func never() async throws {
        let check = try Self.check("{heartbeat: 60s}", HeartbeatBoard(), at: Self.start)
        #expect(await check.result(over: try Checks.network()).health == .unknown)
    }

    @Test("a heartbeat may say that the server is not well")
    func unwell() async throws {
        let board = HeartbeatBoard()
        let check = try Self.check("{heartbeat: 60s}", board, at: Self.start)
        await board.note(.warn, "disk nearly full", from: check.server.id, at: Self.start)
        let result = await check.result(over: try Checks.network())
        #expect(Outcome(result.health, result.reason) == Outcome(.warn, "disk nearly full"))
    }

    @Test("one server's heartbeats are no other's")
    func others() async throws {
        let board = HeartbeatBoard()
        let check = try Self.check("{heartbeat: 60s}", board, at: Self.start)
        await board.note(.ok, "", from: CheckID(scheme: SchemeName("dog"), name: ServerName("charlie")), at: Self.start)
        #expect(await check.result(over: try Checks.network()).health == .unknown)
    }

    private static func check(_ yaml: String, _ board: HeartbeatBoard, at now: Date) throws -> ScheduledCheck {
        // Only the clock of the check that was read differs.
        let read = try Checks.read(yaml, heartbeats: board)
        var check = try #require(read.check as? HeartbeatCheck)
        check.now = { now }
        return ScheduledCheck(check, of: read.server, interval: read.interval, timeout: read.timeout)
    }
}
