import DNSModel
import FoundationEssentials
import TestSupport
import Testing

@Suite("A failover controller")
struct FailoverControllerTests {
    /// A world in which nothing goes wrong but what the test says; every server is well.
    static func world(
        _ scheme: Scheme = .cat(), traits: ProviderTraits = ProviderTraits(), published: Set<RecordData> = a(1)
    ) -> FailoverWorld {
        FailoverWorld(
            scheme: scheme, traits: traits, service: .init([.a: published]),
            settings: .init { _, _ in CheckResult(.ok, "HTTP 200") }, seed: 1)
    }

    @Test("looks first, and changes nothing while the best server is published and well")
    func quiet() {
        var world = Self.world()
        world.run(for: 3600)
        #expect(world.actions.first?.first == .look)
        #expect(world.service.log.isEmpty)
        #expect(world.controller.memory.alerts.isEmpty)
    }

    @Test("the okerr scenario")
    func okerrScenario() {
        var world = Self.world()
        world.run(for: 120)
        world.fail("charlie", "echo")
        world.run(for: 120)
        #expect(world.service.values[.a] == a(3))
        world.fail()
        world.run(for: 120)
        #expect(world.service.values[.a] == a(1))
    }

    @Test("decides nothing before it has seen the authority")
    func looksFirst() {
        var controller = FailoverController(scheme: .cat(), traits: ProviderTraits())
        var number: Int64 = 0
        for name in ["charlie", "echo", "bravo"] as [ServerName] {
            number += 1
            let result = CheckResult(name == "charlie" ? .fail : .ok, "so")
            let actions = controller.handle(.checked(name, result), at: .start, number: ChangeNumber(number))
            #expect(actions.allSatisfy { $0.plan == nil })
        }
        let actions = controller.handle(
            .looked(AuthorityView([.a: .agreed(a(1))])), at: .start, number: ChangeNumber(9))
        #expect(actions.compactMap(\.plan).first?.changes.first?.new == a(2))
        #expect(actions.compactMap(\.plan).first?.number == ChangeNumber(9))
        #expect(actions.compactMap(\.plan).first?.reason == "charlie is down (so), echo is the best that is healthy")
    }

    @Test("sets the record back although its memory says that it has done so: only the authority counts")
    func staleMemory() {
        var first = Self.world()
        first.run(for: 300)
        // Another machine has published echo since; the memory still has charlie.
        var world = Self.world(published: a(2))
        world.start(with: first.controller.memory)
        world.run(for: 300)
        #expect(world.service.values[.a] == a(1))
        #expect(world.service.log.count == 1)
    }

    @Test("tells of a foreign value after a restart, and does not fight it")
    func foreignAtStart() {
        var first = Self.world()
        first.run(for: 300)
        var world = Self.world(published: a(77))
        world.start(with: first.controller.memory)
        world.run(for: 3600)
        #expect(world.service.log.isEmpty)
        #expect(world.alerts == [.foreignChange])
        world.tell(.ordered(.push(who: "alice")))
        world.run(for: 300)
        #expect(world.service.values[.a] == a(1))
        #expect(world.alerts == [.foreignChange, .recovered])
    }

    struct Foreign: Sendable {
        var value: Set<RecordData>
        var enforces = false
        var failing: [ServerName] = []
    }

    static let foreign: [Case<Foreign, Set<RecordData>>] = [
        Case("somebody else's address stays", Foreign(value: a(77)), a(77)),
        Case("a server of ours that somebody else has chosen stays", Foreign(value: a(3)), a(3)),
        Case("until that server fails", Foreign(value: a(3), failing: ["bravo"]), a(1)),
        Case("a policy that enforces sets it back", Foreign(value: a(77), enforces: true), a(1)),
        Case("what is wanted anyway is fine", Foreign(value: a(1)), a(1)),
    ]

    @Test("leaves to others what others have set", arguments: foreign)
    func foreignChange(row: Case<Foreign, Set<RecordData>>) {
        var world = Self.world(.cat { $0.policy.enforces = row.input.enforces })
        world.run(for: 300)
        world.setByOthers(row.input.value)
        world.run(for: 300)
        world.fail(row.input.failing)
        world.run(for: 600)
        #expect(world.service.values[.a] == row.output)
        #expect(world.alerts.contains(.foreignChange) == (row.input.value != a(1)))
    }

    @Test("asks a service that refuses once, until the configuration is read anew")
    func permanent() {
        var world = Self.world()
        world.service.mood = { _ in .refuses }
        world.run(for: 300)
        world.fail("charlie")
        world.run(for: 7200)
        #expect(world.service.log.count == 1)
        #expect(world.alerts == [.providerRefused])
        world.service.mood = { _ in .works }
        world.tell(.configured(world.controller.scheme, world.controller.traits))
        world.run(for: 60)
        #expect(world.service.values[.a] == a(2))
        #expect(world.alerts == [.providerRefused, .recovered])
    }

    @Test("tries again soon while it fails over, and not before the service wants")
    func temporary() {
        var world = Self.world()
        world.service.mood = { _ in .fails(retryAfter: nil) }
        world.run(for: 300)
        world.fail("charlie")
        world.run(for: 60)
        #expect((3...6).contains(world.service.log.count))
        #expect(world.alerts == [.providerFailing])
        world.service.mood = { _ in .fails(retryAfter: .seconds(600)) }
        world.run(for: 60)
        let calls = world.service.log.count
        world.run(for: 500)
        #expect(world.service.log.count == calls)
        world.service.mood = { _ in .works }
        world.run(for: 200)
        #expect(world.service.values[.a] == a(2))
    }

    @Test("repeats what nobody knows the end of once, after the settle time, when the DNS has not shown it")
    func uncertain() {
        var world = Self.world()
        world.run(for: 300)
        world.service.mood = { _ in .losesRequest }
        world.fail("charlie")
        world.run(for: 800)
        #expect(world.decisions.count == 2)
        #expect(world.alerts.last == .stuck)
        world.service.mood = { _ in .works }
        world.run(for: 1800)
        #expect(world.service.values[.a] == a(2))
        #expect(world.alerts.last == .recovered)
    }

    @Test("does not repeat what the DNS shows although the answer was lost")
    func lostReply() {
        var world = Self.world()
        world.run(for: 300)
        world.service.mood = { _ in .losesReply }
        world.fail("charlie")
        world.run(for: 800)
        #expect(world.service.taken.count == 1)
        #expect(world.decisions.count == 1)
        #expect(world.alerts.isEmpty)
    }

    @Test("is frozen by its own limit, keeps the hour's last change for a failure, and tells once")
    func flapping() {
        var world = Self.world(.cat { $0.policy.maxChanges = 4 })
        world.run(for: 120)
        for _ in 0..<8 {
            world.fail("charlie")
            world.run(for: 120)
            world.fail()
            world.run(for: 120)
        }
        #expect(world.service.taken.count == 3)
        #expect(world.service.values[.a] == a(2))
        #expect(world.alerts == [.tooManyChanges])
        world.fail("echo")
        world.run(for: 120)
        #expect(world.service.values[.a] == a(1))
        world.fail("charlie")
        world.run(for: 120)
        #expect(world.controller.memory.orders.freeze?.who == FailoverController.ownName)
        world.tell(.ordered(.unfreeze(who: "alice")))
        world.run(for: 120)
        #expect(world.service.values[.a] == a(2))
    }

    @Test("obeys orders, and forgets them when their time is over")
    func orders() {
        var world = Self.world()
        world.run(for: 120)
        world.tell(.ordered(.pin("bravo", .by(until: world.now.addingTimeInterval(600)))))
        world.run(for: 300)
        #expect(world.service.values[.a] == a(3))
        world.run(for: 600)
        #expect(world.service.values[.a] == a(1))
        world.tell(.ordered(.freeze(.by())))
        world.fail("charlie")
        world.run(for: 600)
        #expect(world.service.values[.a] == a(1))
        #expect(world.controller.state.pending?.hold.text == "frozen by alice: a test")
        world.tell(.ordered(.unfreeze(who: "alice")))
        world.run(for: 60)
        #expect(world.service.values[.a] == a(2))
        #expect(
            world.controller.refusal(of: .pin("delta", .by()))
                == "scheme cat has no server “delta”; it has charlie, echo, bravo")
    }

    @Test("moves the record away from maintenance, and back by policy")
    func maintenance() {
        var world = Self.world()
        world.run(for: 120)
        world.tell(.ordered(.startMaintenance("charlie", .by())))
        world.run(for: 60)
        #expect(world.service.values[.a] == a(2))
        world.tell(.ordered(.endMaintenance("charlie", who: "alice")))
        world.run(for: 120)
        #expect(world.service.values[.a] == a(1))
    }

    @Test("tells once that all are down, and that it is over")
    func allDown() {
        var world = Self.world()
        world.run(for: 120)
        world.fail("charlie", "echo", "bravo")
        world.run(for: 3600)
        #expect(world.alerts == [.allDown])
        #expect(world.service.taken.count <= 2)
        world.fail()
        world.run(for: 300)
        #expect(world.alerts == [.allDown, .recovered])
        #expect(world.service.values[.a] == a(1))
    }

    @Test("goes on when the clock is set back by a day")
    func clock() {
        var world = Self.world()
        world.run(for: 120)
        world.fail("charlie")
        world.run(for: 60)
        var controller = world.controller
        let past = world.now.addingTimeInterval(-86_400)
        _ = controller.handle(.looked(AuthorityView([.a: .agreed(a(2))])), at: past, number: ChangeNumber(100_000))
        _ = controller.handle(
            .checked("echo", CheckResult(.fail, "so")), at: past.addingTimeInterval(1), number: ChangeNumber(100_001))
        let view = FailoverEvent.looked(AuthorityView([.a: .agreed(a(2))]))
        let actions = controller.handle(view, at: past.addingTimeInterval(62), number: ChangeNumber(100_002))
        let plans = actions.compactMap(\.plan) + [controller.memory.unseen?.plan].compactMap { $0 }
        #expect(plans.first?.changes.first?.new == a(3))
    }
}

extension FailoverWorld {
    /// From now on those servers fail, and all others are well.
    mutating func fail(_ names: ServerName...) { fail(names) }

    mutating func fail(_ names: [ServerName]) {
        settings.health = { name, _ in
            names.contains(name) ? CheckResult(.fail, "HTTP 503") : CheckResult(.ok, "HTTP 200")
        }
    }

    mutating func setByOthers(_ values: Set<RecordData>) { service.set([.a: values], at: now) }

    /// What was alerted, in its order.
    var alerts: [Alert.Code] { actions.joined().compactMap(\.alert?.code) }
}
