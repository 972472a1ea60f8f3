import DNSModel
import TestSupport
import Testing

@testable import Failover

@Suite("The timetable of checks")
struct CheckTimetableTests {
    private static let second: UInt64 = 1_000_000_000

    @Test("spreads the first turns over the interval, the same way each time")
    func spread() {
        let checks = (0..<300).map { Self.check("s\($0)") }
        func turns() -> [UInt64] {
            var table = CheckTimetable()
            table.replace(with: checks, at: 0)
            var times: [UInt64] = []
            while let time = table.next, let turn = table.takeDue(at: time) {
                #expect(turn.lateness == .zero)
                times.append(time)
            }
            return times
        }
        let times = turns()
        #expect(times.count == 300)
        #expect(times == turns())
        #expect(times.allSatisfy { $0 < 10 * Self.second })
        // In each of ten seconds some thirty.
        for second in 0..<10 {
            let part = times.count { $0 / Self.second == UInt64(second) }
            #expect((10...60).contains(part), "second \(second): \(part)")
        }
    }

    @Test("gives a check its next turn one interval after the last, and never two at once")
    func rhythm() throws {
        var table = CheckTimetable()
        table.replace(with: [Self.check("one")], at: 0)
        let first = try #require(table.next)
        let turn = try Self.take(&table, at: first)
        #expect(table.next == nil, "it runs")
        table.finish(turn, at: first + 1)
        #expect(table.next == first + 10 * Self.second)
    }

    @Test("does not make up for what was missed, and keeps the rhythm")
    func missed() throws {
        var table = CheckTimetable()
        table.replace(with: [Self.check("one")], at: 0)
        let first = try #require(table.next)
        let turn = try Self.take(&table, at: first + 3 * Self.second)
        #expect(turn.lateness == .seconds(3))
        table.finish(turn, at: first + 34 * Self.second)
        #expect(table.next == first + 40 * Self.second)
    }

    @Test("a kick brings the turn forward, one while the check runs brings another, and many bring no more than one")
    func kicks() throws {
        var table = CheckTimetable()
        let one = Self.check("one")
        table.replace(with: [one], at: 0)
        let first = try #require(table.next)
        let turn = try Self.take(&table, at: first)
        table.finish(turn, at: first + Self.second / 10)
        // Not sooner than a second after the last began.
        for _ in 0..<2 {
            let isKnown = table.kick(one.id, at: first + Self.second / 2)
            #expect(isKnown)
            #expect(table.next == first + Self.second)
        }
        let second = try Self.take(&table, at: first + Self.second)
        for _ in 0..<10 { _ = table.kick(one.id, at: first + Self.second + 1) }
        #expect(table.next == nil)
        table.finish(second, at: first + 5 * Self.second)
        #expect(table.next == first + 5 * Self.second)
        let isKnown = table.kick(Self.check("two").id, at: 0)
        #expect(!isKnown)
    }

    @Test("new settings drop what a check says that began with the old ones, and keep its turn")
    func replacement() throws {
        var table = CheckTimetable()
        table.replace(with: [Self.check("one"), Self.check("two")], at: 0)
        let first = try #require(table.next)
        let turn = try Self.take(&table, at: first)
        #expect(table.isCurrent(turn))
        table.replace(with: [Self.check("one"), Self.check("two"), Self.check("three")], at: first)
        #expect(!table.isCurrent(turn))
        #expect(table.count == 3)
        table.finish(turn, at: first + 1)
        // The others come first, and then the one that has run, in its own rhythm.
        var seen: [UInt64] = []
        while let time = table.next, seen.count < 3 {
            _ = table.takeDue(at: time)
            seen.append(time)
        }
        #expect(seen.last == first + 10 * Self.second)
    }

    @Test("a check that is taken away while it runs is gone when it ends, and its place is free")
    func removal() throws {
        var table = CheckTimetable()
        table.replace(with: [Self.check("one")], at: 0)
        let turn = try Self.take(&table, at: 20 * Self.second)
        table.replace(with: [], at: 0)
        #expect(!table.isCurrent(turn))
        #expect(table.count == 0)
        table.finish(turn, at: 21 * Self.second)
        #expect(table.next == nil)
        table.replace(with: [Self.check("two")], at: 30 * Self.second)
        let again = try Self.take(&table, at: 40 * Self.second)
        #expect(again.slot == turn.slot)
    }

    @Test("a canary that comes with every scheme is one check")
    func shared() {
        var table = CheckTimetable()
        let canary = Self.check("gateway", scheme: nil)
        table.replace(with: [canary, Self.check("one"), canary], at: 0)
        #expect(table.count == 2)
    }

    @Test("lateness is told as the largest and as what most stay below")
    func lateness() {
        var meter = LatenessMeter()
        #expect(meter.percentile(0.99) == .zero)
        for milliseconds in 1...1000 { meter.record(.milliseconds(milliseconds)) }
        #expect(meter.largest == .milliseconds(1000))
        #expect(meter.count == 1000)
        #expect((.milliseconds(500) ... .milliseconds(625)).contains(meter.percentile(0.5)))
        #expect((.milliseconds(990) ... .milliseconds(1000)).contains(meter.percentile(0.99)))
    }

    private static func take(_ table: inout CheckTimetable, at time: UInt64) throws -> CheckTimetable.Turn {
        let turn = table.takeDue(at: time)
        return try #require(turn)
    }

    private static func check(_ name: String, scheme: SchemeName? = SchemeName("cat")) -> ScheduledCheck {
        let server = CheckSubjectServer(scheme: scheme, name: ServerName(name), addresses: [])
        return ScheduledCheck(SaidCheck(), of: server, interval: .seconds(10), timeout: .seconds(5))
    }
}
