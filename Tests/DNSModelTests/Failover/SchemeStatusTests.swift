import DNSModel
import FoundationEssentials
import TestSupport
import Testing

@Suite("A scheme's status is told")
struct SchemeStatusTests {
    struct Scene: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let file: String
        let status: Status
        let play: @Sendable (inout FailoverWorld) -> Void

        init(
            _ sentence: String, _ file: String, _ status: Status,
            play: @escaping @Sendable (inout FailoverWorld) -> Void
        ) {
            testDescription = sentence
            self.file = file
            self.status = status
            self.play = play
        }
    }

    static let scenes = [
        Scene("nothing is known yet", "starting", .unknown) { _ in },
        Scene("all is well", "well", .ok) { $0.run(for: 300) },
        Scene("the best server is down", "failed-over", .warning) {
            $0.run(for: 300)
            $0.fail("charlie")
            $0.run(for: 300)
        },
        Scene("every server is down", "all-down", .critical) {
            $0.run(for: 300)
            $0.fail("charlie", "echo", "bravo")
            $0.run(for: 300)
        },
        Scene("orders are in force", "ordered", .warning) {
            $0.run(for: 300)
            $0.tell(.ordered(.startMaintenance("charlie", .by("alice", "a new kernel"))))
            let end = Date.start.addingTimeInterval(3600)
            $0.tell(.ordered(.pin("bravo", .by("bob", "it has the cache warm", until: end))))
            $0.tell(.ordered(.pretend("echo", .fail, .by("carol", "practice"))))
            $0.run(for: 300)
        },
        Scene("somebody else has changed the record", "foreign", .warning) {
            $0.run(for: 300)
            $0.setByOthers(a(77))
            $0.run(for: 300)
        },
        Scene("the service refuses", "refused", .critical) {
            $0.service.mood = { _ in .refuses }
            $0.run(for: 300)
            $0.fail("charlie")
            $0.run(for: 300)
        },
    ]

    private static func status(after scene: Scene) -> SchemeStatus {
        var world = FailoverControllerTests.world(
            .cat {
                $0.record.ttl = TTL(300)
                $0.alias = DomainName(validatedWire: Array("\u{3}cat\u{5}okerr\u{3}com\u{0}".utf8))
            })
        scene.play(&world)
        return SchemeStatus(of: world.controller, at: world.now)
    }

    @Test("in words that fit the terminal, with nothing left out but of tables", arguments: scenes, [40, 80, 200])
    func text(_ scene: Scene, columns: Int) throws {
        let status = Self.status(after: scene)
        #expect(status.status == scene.status)
        var style = ReportStyle()
        style.columns = columns
        let lines = SchemeStatusText(status, style: style).lines
        #expect(lines.allSatisfy { $0.columns <= columns })
        let words = lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
        #expect(words.contains(status.summary))
        let difference = try Golden().difference(
            lines.map { $0 + "\n" }.joined(), from: "\(scene.file)-\(columns).txt")
        #expect(difference == nil)
    }

    @Test("as JSON that reads as the same", arguments: scenes)
    func json(_ scene: Scene) throws {
        let status = Self.status(after: scene)
        #expect(try FailoverJSON.value(SchemeStatus.self, from: FailoverJSON.text(of: status)) == status)
    }

    @Test("in one line for monitoring, that ends with the same code", arguments: scenes)
    func line(_ scene: Scene) throws {
        let status = Self.status(after: scene)
        let line = SchemeStatusLine([status], status.status).nagios
        let first = try #require(line.split(separator: "\n").first?.split(separator: "|").first)
        #expect(first.contains(status.status.rawValue))
        #expect(first.dropLast().count < 80)
    }
}
