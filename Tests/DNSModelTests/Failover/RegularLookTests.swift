import DNSModel
import FoundationEssentials
import Testing

@Suite("Regular looks and the controller")
struct RegularLookTests {
    @Test("ask and expect what is wanted, at the record and its alias")
    func subjects() throws {
        var world = FailoverControllerTests.world(.cat { $0.alias = try? DomainName("cat.okerr.com") })
        world.run(for: 120)
        let subjects = try #require(world.controller.lookSubjects)
        #expect(subjects.map(\.question.name.description) == ["cat.he.okerr.com", "cat.okerr.com"])
        #expect(subjects.allSatisfy { $0.expectation?.values == [.data(RecordData(.ofServer(1)))] })
        #expect(subjects.allSatisfy { $0.expectation?.source == .scheme })
    }

    @Test("expect what is there while a change is held up, and know what the last change replaced")
    func held() throws {
        var world = FailoverControllerTests.world()
        world.run(for: 120)
        world.fail("charlie")
        world.run(for: 900)
        #expect(world.service.values[.a] == a(2))
        let after = try #require(world.controller.lookSubjects?.first)
        #expect(after.previous.first?.matches(a(1)) == true)
        world.tell(.ordered(.freeze(.by())))
        world.fail("charlie", "echo")
        world.run(for: 120)
        let frozen = try #require(world.controller.lookSubjects?.first)
        #expect(frozen.expectation?.values == [.data(RecordData(.ofServer(2)))])
    }

    @Test("say nothing before the scheme is known")
    func unsettled() {
        #expect(FailoverController(scheme: .cat(), traits: ProviderTraits()).lookSubjects == nil)
    }

    @Test("what they find wrong is an alert once, until it is over")
    func drift() {
        var world = FailoverControllerTests.world()
        world.run(for: 120)
        var controller = world.controller
        func handle(_ drift: String?) -> [Alert] {
            controller.handle(.watched(drift: drift), at: world.now, number: ChangeNumber(9000)).compactMap(\.alert)
        }
        #expect(handle("cat.he.okerr.com A: Quad9 is wrong").map(\.code) == [.drift])
        #expect(handle("cat.he.okerr.com A: Quad9 is wrong").isEmpty)
        #expect(handle(nil).map(\.ended) == [.drift])
    }

    @Test("remember since when a server lags")
    func lagging() {
        func evidence(after seconds: Double, _ memory: GatheredEvidence.Memory) -> GatheredEvidence {
            .of(
                [
                    .authoritative("ns1", .new, serial: 2, after: seconds),
                    .authoritative("ns2", .old, serial: 1, after: seconds),
                ], after: seconds
            ) { evidence in
                evidence.expectation = .newAddress
                evidence.memory = memory
            }
        }
        var memory = GatheredEvidence.Memory()
        let statuses = [0.0, 60, 150].map { seconds in
            var evidence = evidence(after: seconds, memory.resumed)
            evidence.memory.remember(Judgement(of: evidence))
            memory = evidence.memory
            return PropagationReport(of: evidence).status
        }
        #expect(statuses == [.warning, .warning, .critical])
    }

    @Test("count for the scheme's status: what is critical is, what could not be measured is a warning")
    func status() {
        var world = FailoverControllerTests.world()
        world.run(for: 120)
        func status(_ says: Say, at server: String = "ns2") -> SchemeStatus {
            let evidence = GatheredEvidence.of([.authoritative("ns1", .new), .authoritative(server, says)]) {
                $0.expectation = .newAddress
            }
            return SchemeStatus(of: world.controller, reports: [PropagationReport(of: evidence)], at: world.now)
        }
        #expect(status(.new).status == .ok)
        #expect(status(.records(["192.0.2.99"])).status == .critical)
        #expect(status(.silence()).status == .warning)
        #expect(status(.new).lookedAt != nil)
    }
}
