import DNSModel
import Testing

@testable import Failover

@Suite("Regular looks at schemes")
struct PatrolScheduleTests {
    private static let names = (0..<50).map { SchemeName("s\($0)") }

    @Test("begin soon, spread out, and each comes again after about the interval")
    func rhythm() {
        var schedule = PatrolSchedule(interval: .seconds(300))
        schedule.replace(with: Self.names, at: .zero)
        var starts: [SchemeName: [Duration]] = [:]
        var now = Duration.zero
        while let next = schedule.next, next < .seconds(3600) {
            now = max(now, next)
            guard let name = schedule.takeDue(at: now) else { continue }
            starts[name, default: []].append(now)
            schedule.finish(name, .well, at: now + .seconds(1))
        }
        #expect(starts.count == 50)
        for times in starts.values {
            #expect(times[0] < .seconds(10))
            #expect(zip(times, times.dropFirst()).allSatisfy { (.seconds(269) ... .seconds(331)).contains($1 - $0) })
        }
        #expect(Set(starts.values.map { $0[0] }).count > 40, "not all at once")
    }

    @Test("come sooner after trouble, then seldomer again")
    func trouble() {
        var schedule = PatrolSchedule(interval: .seconds(300))
        schedule.replace(with: [Self.names[0]], at: .zero)
        var waits: [Duration] = []
        var now = Duration.zero
        for _ in 0..<6 {
            let next = schedule.next ?? .zero
            waits.append(next - now)
            now = next
            guard let name = schedule.takeDue(at: now) else { continue }
            schedule.finish(name, .trouble, at: now)
        }
        #expect(Array(waits.dropFirst()) == [30, 60, 120, 240, 300].map { Duration.seconds($0) })
    }

    @Test("one that is under way has no second turn, and one that was skipped comes soon again")
    func turns() {
        var schedule = PatrolSchedule(interval: .seconds(300))
        schedule.replace(with: [Self.names[0]], at: .zero)
        #expect(schedule.takeDue(at: .seconds(10)) == Self.names[0])
        #expect(schedule.takeDue(at: .seconds(900)) == nil)
        #expect(schedule.next == nil)
        schedule.finish(Self.names[0], .skipped, at: .seconds(900))
        #expect(schedule.next == .seconds(902))
    }

    @Test("end when they are turned off, and for schemes that are gone")
    func off() {
        var schedule = PatrolSchedule(interval: nil)
        schedule.replace(with: Self.names, at: .zero)
        #expect(schedule.next == nil && schedule.takeDue(at: .seconds(900)) == nil)
        schedule.setInterval(.seconds(60), at: .seconds(900))
        #expect(schedule.next.map { $0 >= .seconds(900) } == true)
        schedule.replace(with: [], at: .seconds(900))
        #expect(schedule.next == nil)
    }
}
