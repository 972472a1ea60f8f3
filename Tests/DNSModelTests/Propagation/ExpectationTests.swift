import DNSModel
import TestSupport
import Testing

@Suite("An expectation")
struct ExpectationTests {
    struct Input: Sendable {
        var values: [ExpectedValue]
        var match = MatchMode.exact
        var answered: Set<RecordData>

        init(_ values: [String], _ match: MatchMode = .exact, _ answered: String...) {
            self.values = values.map { text in
                IPPrefix(text).map(ExpectedValue.network) ?? .address(address(text))
            }
            self.match = match
            self.answered = Set(answered.map { RecordData(address($0)) })
        }
    }

    static let matches: [Case<Input, Bool>] = [
        Case("exact: the same set", Input(["192.0.2.1", "192.0.2.2"], .exact, "192.0.2.2", "192.0.2.1"), true),
        Case("exact: one is missing", Input(["192.0.2.1", "192.0.2.2"], .exact, "192.0.2.1"), false),
        Case("exact: one too many", Input(["192.0.2.1"], .exact, "192.0.2.1", "192.0.2.2"), false),
        Case("exact: a range takes several", Input(["192.0.2.0/24"], .exact, "192.0.2.1", "192.0.2.2"), true),
        Case("exact: every range is used", Input(["192.0.2.0/24", "198.51.100.0/24"], .exact, "192.0.2.1"), false),
        Case("exact: nothing", Input(["192.0.2.1"], .exact), false),
        Case("subset: a part will do", Input(["192.0.2.1", "192.0.2.2"], .subset, "192.0.2.1"), true),
        Case("subset: nothing else may be there", Input(["192.0.2.1"], .subset, "192.0.2.1", "192.0.2.2"), false),
        Case("subset: there has to be one", Input(["192.0.2.1"], .subset), false),
        Case("any: one of them", Input(["192.0.2.1"], .any, "192.0.2.1", "203.0.113.1"), true),
        Case("any: none of them", Input(["192.0.2.1"], .any, "203.0.113.1"), false),
        Case("any: nothing", Input(["192.0.2.1"], .any), false),
        Case("IPv6 compares by number", Input(["2001:db8:0:0::1"], .exact, "2001:db8::1"), true),
        Case("none: nothing is there", Input([]), true),
        Case("none: something is", Input([], .exact, "192.0.2.1"), false),
    ]

    @Test("is met or not", arguments: matches)
    func meets(row: Case<Input, Bool>) {
        let expectation = Expectation(source: .flag, values: row.input.values, match: row.input.match)
        #expect(expectation.isMet(by: row.input.answered) == row.output)
    }

    @Test(
        "in text is met without regard to what does not matter",
        arguments: [
            ("10 mail.example.net", "10 mail.example.net.", true),
            ("10  MAIL.example.net.", "10 mail.example.net.", true),
            ("20 mail.example.net", "10 mail.example.net.", false), (".", ".", true),
            ("0 issue \"ca.example\"", "0 issue \"ca.example\"", true),
        ])
    func text(given: String, answered: String, isMet: Bool) {
        let data = RecordData(type: .mx, octets: [0], text: answered)
        #expect(ExpectedValue.text(given).matches(data) == isMet)
    }

    @Test(
        "for TXT is the bare text or its presentation",
        arguments: [
            ("v=spf1 -all", true), (#""v=spf1" " -all""#, true), ("v=spf1", false), ("V=SPF1 -all", false),
        ])
    func txt(given: String, isMet: Bool) {
        let strings = ["v=spf1", " -all"]
        let octets = strings.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
        let data = RecordData(type: .txt, octets: octets, text: #""v=spf1" " -all""#)
        #expect(ExpectedValue.text(given).matches(data) == isMet)
    }

    struct Agreement: Sendable, Equatable {
        var values: [String]?
        var match = MatchMode.exact
        var source = Expectation.Source.authoritative
        var previous: [[String]] = []
    }

    static let agreements: [Case<[Observation], Agreement>] = [
        Case(
            "all agree", [.authoritative("ns1", .new), .authoritative("ns2", .new)], Agreement(values: ["192.0.2.2"])),
        Case(
            "the newest serial leads, and what lags is previous",
            [.authoritative("ns1", .old, serial: 1), .authoritative("ns2", .new, serial: 2)],
            Agreement(values: ["192.0.2.2"], previous: [["192.0.2.1"]])),
        Case(
            "at one serial it is the union", [.authoritative("ns1", .old), .authoritative("ns2", .new)],
            Agreement(values: ["192.0.2.1", "192.0.2.2"], match: .subset)),
        Case(
            "all agree that there is none", [.authoritative("ns1", .nxDomain()), .authoritative("ns2", .noData())],
            Agreement(values: [])),
        Case("nobody answers", [.authoritative("ns1", .silence())], Agreement(values: nil)),
    ]

    @Test("comes from the authoritative servers when none is given", arguments: agreements)
    func agreement(row: Case<[Observation], Agreement>) {
        let side = AuthoritativeSide(.of(row.input))
        let seen = Agreement(
            values: side.expected?.values.map(\.description), match: side.expected?.match ?? .exact,
            source: side.expected?.source ?? .authoritative,
            previous: side.previous.map { $0.values.map(\.description) })
        #expect(seen == row.output)
    }

    @Test("that was given stands, whatever the servers say")
    func given() {
        let side = AuthoritativeSide(.of([.authoritative("ns1", .old)]) { $0.expectation = .newAddress })
        #expect(side.expected == .newAddress)
    }
}
