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
}

extension FailoverWorld {
    /// From now on those servers fail, and all others are well.
    mutating func fail(_ names: ServerName...) {
        settings.health = { name, _ in
            names.contains(name) ? CheckResult(.fail, "HTTP 503") : CheckResult(.ok, "HTTP 200")
        }
    }
}
