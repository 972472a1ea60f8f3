import DNSModel
import FoundationEssentials
import TestSupport
import Testing

@Suite("A selection")
struct SelectionTests {
    /// charlie 100, echo 95 and bravo 85, whose addresses end in 1, 2 and 3.
    struct Input: Sendable {
        /// One letter for each server: `+` ok, `w` warn, `-` fail, `?` unknown; `m` ok and `M` failing in maintenance.
        var healths: String
        /// What the record has: nil when that is not known.
        var published: Set<RecordData>? = a(1)
        var canaries = ""
        var scheme: @Sendable (inout Scheme) -> Void = { _ in }
        var situation: @Sendable (inout Situation) -> Void = { _ in }
    }

    struct Output: Sendable, Equatable {
        var servers: [ServerName]
        /// Nil: it stays as it is.
        var wanted: Set<RecordData>?
        var move: Selection.Move?

        init(_ servers: ServerName..., wanted: Set<RecordData>?, _ move: Selection.Move? = nil) {
            self.init(servers: servers, wanted: wanted, move: move)
        }

        init(servers: [ServerName], wanted: Set<RecordData>?, move: Selection.Move?) {
            self.servers = servers
            self.wanted = wanted
            self.move = move
        }
    }

    static let failover: [Case<Input, Output>] = [
        Case("all is well", Input(healths: "+++"), Output("charlie", wanted: a(1))),
        Case("the active server is down", Input(healths: "-++"), Output("echo", wanted: a(2), .failed)),
        Case("two are down", Input(healths: "--+"), Output("bravo", wanted: a(3), .failed)),
        Case("a stand-by is down", Input(healths: "+-+"), Output("charlie", wanted: a(1))),
        Case(
            "the best one is back", Input(healths: "+++", published: a(2)), Output("charlie", wanted: a(1), .failback)),
        Case("nothing is published", Input(healths: "+++", published: []), Output("charlie", wanted: a(1), .initial)),
        Case(
            "something is published that is nobody's", Input(healths: "?++", published: a(77)),
            Output("echo", wanted: a(2), .initial)),
        Case("unknown does not leave", Input(healths: "?++"), Output("charlie", wanted: a(1))),
        Case("unknown is not switched to", Input(healths: "-?+"), Output("bravo", wanted: a(3), .failed)),
        Case("unknown is not gone back to", Input(healths: "?++", published: a(2)), Output("echo", wanted: a(2))),
        Case(
            "from unknown to a better one that is well is a way back", Input(healths: "+?+", published: a(2)),
            Output("charlie", wanted: a(1), .failback)),
        Case("nobody is known to be well", Input(healths: "-??"), Output("charlie", wanted: a(1))),
        Case(
            "nobody is known at all", Input(healths: "???", published: nil), Output(servers: [], wanted: nil, move: nil)
        ),
        Case("all are down: keep", Input(healths: "---", published: a(2)), Output("echo", wanted: a(2))),
        Case(
            "all are down: keep what is nobody's", Input(healths: "---", published: a(77)),
            Output(servers: [], wanted: nil, move: nil)),
        Case(
            "all are down: the first, as okerr does",
            Input(healths: "---", published: a(3), scheme: { $0.policy.allDown = .first }),
            Output("charlie", wanted: a(1), .allDown)),
        Case(
            "all are down: all of them", Input(healths: "---", published: a(3), scheme: { $0.policy.allDown = .all }),
            Output("charlie", "echo", "bravo", wanted: a(1, 2, 3), .allDown)),
        Case(
            "all are down, one in maintenance: all others",
            Input(healths: "-m-", published: a(3), scheme: { $0.policy.allDown = .all }),
            Output("charlie", "bravo", wanted: a(1, 3), .allDown)),
        Case(
            "all are down: another address",
            Input(healths: "---", scheme: { $0.policy.allDown = .addresses([.ofServer(99)]) }),
            Output(wanted: a(99), .failed)),
        Case(
            "all are down for some, and one is unknown: nothing is done",
            Input(healths: "--?", scheme: { $0.policy.allDown = .first }), Output("charlie", wanted: a(1))),
        Case(
            "one recovers after all were published",
            Input(healths: "-+-", published: a(1, 2, 3), scheme: { $0.policy.allDown = .all }),
            Output("echo", wanted: a(2), .failed)),
        Case("warn is accepted", Input(healths: "w++"), Output("charlie", wanted: a(1))),
        Case(
            "a better one in trouble is gone back to when warn is accepted", Input(healths: "w++", published: a(2)),
            Output("charlie", wanted: a(1), .failback)),
        Case(
            "warn is not accepted", Input(healths: "w++", scheme: { $0.policy.acceptsWarn = false }),
            Output("echo", wanted: a(2), .failed)),
        Case(
            "maintenance leaves for one that is well", Input(healths: "m++"), Output("echo", wanted: a(2), .maintenance)
        ),
        Case(
            "maintenance of a failing server is left as a failure", Input(healths: "M++"),
            Output("echo", wanted: a(2), .failed)),
        Case("maintenance does not leave for nobody", Input(healths: "m--"), Output("charlie", wanted: a(1))),
        Case("nor for unknown ones", Input(healths: "m??"), Output("charlie", wanted: a(1))),
        Case(
            "a server in maintenance is not gone back to", Input(healths: "m++", published: a(2)),
            Output("echo", wanted: a(2))),
        Case(
            "equal priorities: the current one stays",
            Input(healths: "+++", published: a(2), scheme: { for index in 0...2 { $0.servers[index].priority = 1 } }),
            Output("echo", wanted: a(2))),
        Case(
            "equal priorities: else the order of the file",
            Input(healths: "-++", scheme: { for index in 0...2 { $0.servers[index].priority = 1 } }),
            Output("echo", wanted: a(2), .failed)),
        Case(
            "two servers of one address: nothing changes between them",
            Input(healths: "-++", scheme: { $0.servers[1].addresses = [.ofServer(1)] }), Output("echo", wanted: a(1))),
        Case(
            "a pin beats health", Input(healths: "++-", situation: { $0.pin = .bravo }),
            Output("bravo", wanted: a(3), .pin)),
        Case(
            "manual failback waits", Input(healths: "+++", published: a(2), scheme: { $0.policy.failback = .manual }),
            Output("echo", wanted: a(2))),
        Case(
            "until somebody asks for it",
            Input(
                healths: "+++", published: a(2), scheme: { $0.policy.failback = .manual },
                situation: { $0.goesBack = true }), Output("charlie", wanted: a(1), .failback)),
        Case(
            "manual failback does not keep a server that fails",
            Input(healths: "+-+", published: a(2), scheme: { $0.policy.failback = .manual }),
            Output("charlie", wanted: a(1), .failed)),
        Case(
            "delayed failback waits",
            Input(healths: "+++", published: a(2), scheme: { $0.policy.failback = .delayed(.seconds(300)) }),
            Output("echo", wanted: a(2))),
        Case(
            "delayed failback to the one that has been well for long enough",
            Input(
                healths: "+++", published: a(3), scheme: { $0.policy.failback = .delayed(.seconds(300)) },
                situation: { $0.conditions["echo"]?.usableSince = .start - 300 }),
            Output("echo", wanted: a(2), .failback)),
        Case(
            "every canary is down, too: our own network is",
            Input(healths: "---", canaries: "--", scheme: { $0.policy.allDown = .first }),
            Output("charlie", wanted: a(1))),
        Case(
            "one canary answers",
            Input(healths: "---", published: a(2), canaries: "-+", scheme: { $0.policy.allDown = .first }),
            Output("charlie", wanted: a(1), .allDown)),
        Case(
            "canaries are down, and one server is well", Input(healths: "-+-", canaries: "--"),
            Output("echo", wanted: a(2), .failed)),
    ]

    static func balance(_ least: Int, _ more: @escaping @Sendable (inout Scheme) -> Void = { _ in })
        -> @Sendable (inout Scheme) -> Void
    {
        { scheme in
            scheme.policy.mode = .balance(minPublished: least)
            more(&scheme)
        }
    }

    static let balancing: [Case<Input, Output>] = [
        Case(
            "every healthy server is published", Input(healths: "+++", published: a(1, 2, 3), scheme: balance(1)),
            Output("charlie", "echo", "bravo", wanted: a(1, 2, 3))),
        Case(
            "one that fails is taken out", Input(healths: "+-+", published: a(1, 2, 3), scheme: balance(1)),
            Output("charlie", "bravo", wanted: a(1, 3), .failed)),
        Case(
            "one that is back is added", Input(healths: "+++", published: a(1, 3), scheme: balance(1)),
            Output("charlie", "echo", "bravo", wanted: a(1, 2, 3), .failback)),
        Case(
            "unknown stays, and is not added", Input(healths: "+??", published: a(1, 2), scheme: balance(1)),
            Output("charlie", "echo", wanted: a(1, 2))),
        Case(
            "too few are healthy: one that fails stays", Input(healths: "+--", published: a(1, 3), scheme: balance(2)),
            Output("charlie", "bravo", wanted: a(1, 3))),
        Case(
            "too few are healthy: else by priority", Input(healths: "+--", published: a(1), scheme: balance(2)),
            Output("charlie", "echo", wanted: a(1, 2), .failback)),
        Case(
            "too few are healthy: one in maintenance comes last",
            Input(healths: "+m-", published: a(1), scheme: balance(2)),
            Output("charlie", "bravo", wanted: a(1, 3), .failback)),
        Case(
            "more are wanted than there are", Input(healths: "+--", published: a(1, 2, 3), scheme: balance(9)),
            Output("charlie", "echo", "bravo", wanted: a(1, 2, 3))),
        Case(
            "all are down: keep", Input(healths: "---", published: a(1, 2), scheme: balance(2)),
            Output("charlie", "echo", wanted: a(1, 2))),
        Case(
            "manual failback adds nobody",
            Input(healths: "+++", published: a(1), scheme: balance(1) { $0.policy.failback = .manual }),
            Output("charlie", wanted: a(1))),
        Case(
            "unless too few are published",
            Input(healths: "+++", published: a(1), scheme: balance(2) { $0.policy.failback = .manual }),
            Output("charlie", "echo", wanted: a(1, 2), .failback)),
        Case(
            "the last one fails: all that are healthy come",
            Input(healths: "-++", published: a(1), scheme: balance(1) { $0.policy.failback = .manual }),
            Output("echo", "bravo", wanted: a(2, 3), .failed)),
    ]

    @Test("follows the policy", arguments: failover + balancing)
    func selection(row: Case<Input, Output>) {
        let selection = Selection(of: row.input.schemeOf, in: row.input.situationOf)
        #expect(selection.servers == row.output.servers)
        #expect(selection.choices.first?.wanted[.a] == row.output.wanted)
        #expect(selection.choices.first?.move == row.output.move)
        #expect(selection.standings.map(\.server) == ["charlie", "echo", "bravo"])
    }

    @Test("says when a delayed way back is due")
    func postponed() {
        var input = Input(healths: "+++", published: a(2)) { $0.policy.failback = .delayed(.seconds(300)) }
        input.situation = { $0.conditions["charlie"]?.usableSince = .start - 100 }
        let selection = Selection(of: input.schemeOf, in: input.situationOf)
        #expect(selection.nextChange == .start + 200)
        #expect(selection.choices.first?.postponed?.servers == ["charlie"])
        #expect(selection.reason == "echo stays, the way back to charlie is delayed")
    }

    static let reasons: [Case<Input, [String]>] = [
        Case(
            "the selection, then charlie, echo and bravo", Input(healths: "-++"),
            [
                "charlie is down (HTTP 503), echo is the best that is healthy", "down: HTTP 503", "healthy; selected",
                "healthy; echo has the higher priority",
            ]),
        Case(
            "in maintenance", Input(healths: "m?+"),
            [
                "charlie is in maintenance (by alice: a test), echo is not known (not checked yet), bravo is the best that is healthy",
                "in maintenance: by alice: a test", "not known: not checked yet", "healthy; selected",
            ]),
        Case(
            "all down", Input(healths: "---"),
            [
                "every server is down or in maintenance, the record stays as it is",
                "down: HTTP 503; stays for want of a healthy one", "down: HTTP 503", "down: HTTP 503",
            ]),
        Case(
            "a pin", Input(healths: "++-", situation: { $0.pin = .bravo }),
            [
                "bravo is pinned by alice: a test", "healthy; bravo is pinned", "healthy; bravo is pinned",
                "down: HTTP 503; pinned",
            ]),
        Case(
            "balancing", Input(healths: "+-?", published: a(1, 2, 3), scheme: balance(1)),
            [
                "echo is down (HTTP 503), charlie is healthy, bravo not known and published, which stays",
                "healthy; selected",
                "down: HTTP 503", "not known: not checked yet; stays while its health is not known",
            ]),
    ]

    @Test("gives its reasons", arguments: reasons)
    func reason(row: Case<Input, [String]>) {
        let selection = Selection(of: row.input.schemeOf, in: row.input.situationOf)
        #expect([selection.reason] + selection.standings.map(\.reason) == row.output)
    }
}

extension SelectionTests.Input {
    var schemeOf: Scheme {
        .cat { scheme in
            scheme.canaries = canaries.indices.map {
                ServerName("canary\(canaries.distance(from: canaries.startIndex, to: $0))")
            }
            self.scheme(&scheme)
        }
    }

    var situationOf: Situation {
        var situation = Situation(conditions: [:], published: [:], now: .start)
        for (server, letter) in zip(schemeOf.servers, healths) { situation.conditions[server.name] = .init(letter) }
        for (canary, letter) in zip(schemeOf.canaries, canaries) {
            situation.canaries[canary] = Situation.Condition(letter).health
        }
        situation.published[.a] = published
        self.situation(&situation)
        return situation
    }
}

extension Situation.Condition {
    /// `+` ok, `w` warn, `-` fail, `?` unknown; `m` ok and `M` failing in maintenance.
    init(_ letter: Character) {
        switch letter {
        case "+": self.init(.ok, "HTTP 200", usableSince: .start)
        case "w": self.init(.warn, "slow", usableSince: .start)
        case "-": self.init(.fail, "HTTP 503")
        case "m": self.init(.ok, "HTTP 200", maintenance: "by alice: a test")
        case "M": self.init(.fail, "HTTP 503", maintenance: "by alice: a test")
        default: self.init()
        }
    }
}

extension StandingOrders.Pin {
    static var bravo: Self? {
        var orders = StandingOrders()
        orders.take(.pin("bravo", .by()))
        return orders.pin
    }
}

extension Date {
    static func + (date: Date, seconds: Double) -> Date { date.addingTimeInterval(seconds) }
    static func - (date: Date, seconds: Double) -> Date { date.addingTimeInterval(-seconds) }
}
