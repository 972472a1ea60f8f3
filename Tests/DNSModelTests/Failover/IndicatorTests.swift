import DNSModel
import FoundationEssentials
import TestSupport
import Testing

@Suite("An indicator")
struct IndicatorTests {
    /// One result every ten seconds: `+` ok, `w` warn, `-` fail, `?` unknown; `.` no result, but the time passes.
    struct Input: Sendable {
        var thresholds = Thresholds(fall: 3, rise: 2)
        var results: String
        var validFor: Double?
    }

    static let rows: [Case<Input, String>] = [
        Case("is unknown before anything is known", Input(results: "."), "?"),
        Case("needs rise results to be ok at first", Input(results: "++"), "?+"),
        Case("needs fall results to be down at first", Input(results: "---"), "??-"),
        Case("stays unknown while results contradict one another", Input(results: "+-+-+-"), "??????"),
        Case("falls after fall failures in a row", Input(results: "++---"), "?+++-"),
        Case("forgets failures at a good result", Input(results: "++--+--"), "?++++++"),
        Case("rises after rise good results", Input(results: "---++"), "??--+"),
        Case("forgets good results at a failure", Input(results: "---+-+"), "??----"),
        Case("counts warnings and failures together as worse than ok", Input(results: "++w--"), "?+++w"),
        Case("falls from warn when enough were failures", Input(results: "++w---"), "?+++w-"),
        Case("rises from fail to warn", Input(results: "---ww"), "??--w"),
        Case("rises from fail to the better of what all results allow", Input(results: "---w++"), "??--w+"),
        Case("does not count unknown as a failure", Input(results: "++--??-"), "?+++++-"),
        Case("is unknown after fall results that could not judge", Input(results: "++???"), "?+++?"),
        Case("counts anew once it has been unknown", Input(results: "++???+-++"), "?+++????+"),
        Case(
            "with forgive two, one good result between failures is not enough",
            Input(thresholds: Thresholds(fall: 3, rise: 2, forgive: 2), results: "++--+-"), "?++++-"),
        Case(
            "with forgive two, two good results are",
            Input(
                thresholds: Thresholds(fall: 3, rise: 2, forgive: 2), results: "++--++-"), "?++++++"),
        Case(
            "does not fall before the floor in time",
            Input(thresholds: Thresholds(fall: 2, rise: 2, downAfter: .seconds(35)), results: "++-----"), "?+++++-"),
        Case(
            "falls when the floor in time is reached without a result",
            Input(thresholds: Thresholds(fall: 2, rise: 2, downAfter: .seconds(35)), results: "++--..."), "?+++++-"),
        Case(
            "does not rise before the floor in time",
            Input(thresholds: Thresholds(fall: 1, rise: 1, upAfter: .seconds(20)), results: "-+++"), "---+"),
        Case("is unknown when its last result is too old", Input(results: "++..", validFor: 15), "?++?"),
        Case(
            "thresholds of nothing count as one", Input(thresholds: Thresholds(fall: 0, rise: 0), results: "+-+"), "+-+"
        ),
    ]

    @Test("becomes what enough results say", arguments: rows)
    func health(row: Case<Input, String>) {
        var indicator = Indicator(thresholds: row.input.thresholds)
        var told = Health.unknown
        var healths = ""
        for (index, letter) in row.input.results.enumerated() {
            let now = Date.start.addingTimeInterval(Double(index) * 10)
            let expiry = row.input.validFor.map(now.addingTimeInterval)
            let transition =
                Health(letter).map { indicator.record(CheckResult($0, "because", validUntil: expiry), at: now) }
                ?? indicator.advance(to: now)
            if let transition {
                #expect(transition.from == told && transition.to == indicator.health)
                told = transition.to
            }
            healths.append(indicator.health.letter)
        }
        #expect(healths == row.output)
        #expect(told == indicator.health, "every change is told")
    }

    @Test("says when time alone will change it")
    func nextChange() {
        var indicator = Indicator(thresholds: Thresholds(fall: 2, rise: 1, downAfter: .seconds(60)))
        _ = indicator.record(CheckResult(.ok, "fine", validUntil: .start.addingTimeInterval(500)), at: .start)
        #expect(indicator.nextChange == .start.addingTimeInterval(500))
        _ = indicator.record(CheckResult(.fail, "bad"), at: .start.addingTimeInterval(10))
        #expect(indicator.nextChange == nil)
        _ = indicator.record(CheckResult(.fail, "bad"), at: .start.addingTimeInterval(20))
        #expect(indicator.nextChange == .start.addingTimeInterval(70))
        #expect(indicator.advance(to: .start.addingTimeInterval(69)) == nil)
        #expect(indicator.advance(to: .start.addingTimeInterval(70))?.to == .fail)
    }

    @Test("counts how often it has flapped")
    func flaps() {
        var indicator = Indicator(thresholds: Thresholds(fall: 1, rise: 1))
        for index in 0..<6 {
            let health: Health = index.isMultiple(of: 2) ? .ok : .fail
            _ = indicator.record(CheckResult(health, "so"), at: .start.addingTimeInterval(Double(index) * 60))
        }
        // The first verdict is no flap.
        #expect(indicator.flaps(since: .start) == 5)
        #expect(indicator.flaps(since: .start.addingTimeInterval(200)) == 2)
    }

    @Test("keeps the source's maintenance until a result that can judge takes it back")
    func maintenance() {
        var indicator = Indicator()
        _ = indicator.record(CheckResult(.ok, "at work", isMaintenance: true), at: .start)
        _ = indicator.record(CheckResult(.unknown, "okerr is not reached"), at: .start.addingTimeInterval(10))
        #expect(indicator.isInMaintenance)
        _ = indicator.record(CheckResult(.ok, "done"), at: .start.addingTimeInterval(20))
        #expect(!indicator.isInMaintenance)
    }

    @Test("waits for no time that the clock came from when it was set back")
    func clock() {
        var indicator = Indicator(thresholds: Thresholds(fall: 1, rise: 1, downAfter: .seconds(60)))
        _ = indicator.record(CheckResult(.ok, "fine"), at: .start)
        _ = indicator.record(CheckResult(.fail, "bad"), at: .start.addingTimeInterval(86_400))
        #expect(indicator.advance(to: .start) == nil)
        #expect(indicator.advance(to: .start.addingTimeInterval(60))?.to == .fail)
    }
}

extension Health {
    fileprivate init?(_ letter: Character) {
        switch letter {
        case "+": self = .ok
        case "w": self = .warn
        case "-": self = .fail
        case "?": self = .unknown
        default: return nil
        }
    }

    fileprivate var letter: Character {
        switch self {
        case .ok: "+"
        case .warn: "w"
        case .fail: "-"
        case .unknown: "?"
        }
    }
}
