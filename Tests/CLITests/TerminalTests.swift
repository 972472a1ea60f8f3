import DNSModel
import TestSupport
import Testing

@testable import CLI

@Suite("Output suits where it goes")
struct TerminalTests {
    struct Place: Sendable {
        var isTerminal = true
        var columns: Int? = 100
        var environment = ["TERM": "xterm", "LANG": "en_US.UTF-8"]
        var color = ColorChoice.auto

        var style: ReportStyle { terminal.style(color: color, verbosity: 0) }

        var terminal: Terminal {
            Terminal(isTerminal: isTerminal, size: columns.map { ($0, 40) }, environment: { environment[$0] })
        }

        func with(_ variable: String, _ value: String?) -> Place {
            var place = self
            place.environment[variable] = value
            return place
        }
    }

    @Test(
        "Colour",
        arguments: [
            Case("on a terminal", Place(), true),
            Case("not in a pipe", Place(isTerminal: false, columns: nil), false),
            Case("in a pipe when asked for", Place(isTerminal: false, color: .always), true),
            Case("not when not wanted", Place(color: .never), false),
            Case("not with NO_COLOR", Place().with("NO_COLOR", "1"), false),
            Case("an empty NO_COLOR does not count", Place().with("NO_COLOR", ""), true),
            Case("asked for in spite of NO_COLOR", Place(color: .always).with("NO_COLOR", "1"), true),
            Case("not on a dumb terminal", Place().with("TERM", "dumb"), false),
            Case("not on a terminal of no known kind", Place().with("TERM", nil), false),
        ])
    func colour(_ c: Case<Place, Bool>) {
        #expect(c.input.style.colour == c.output)
    }

    @Test(
        "Characters outside ASCII",
        arguments: [
            Case("in a UTF-8 locale", Place(), true),
            Case("in another spelling of it", Place().with("LANG", "C.utf8"), true),
            Case("not in the C locale", Place().with("LANG", "C"), false),
            Case("not without a locale", Place().with("LANG", nil), false),
            Case("LC_ALL comes first", Place().with("LC_ALL", "C"), false),
            Case("an empty LC_ALL does not count", Place().with("LC_ALL", ""), true),
            Case("LC_CTYPE comes before LANG", Place().with("LC_CTYPE", "POSIX"), false),
        ])
    func unicode(_ c: Case<Place, Bool>) {
        #expect(c.input.style.unicode == c.output)
    }

    @Test(
        "The width",
        arguments: [
            Case("is the terminal's", Place(), 100),
            Case("is 80 in a pipe", Place(isTerminal: false, columns: nil), 80),
            Case("is what COLUMNS says in a pipe", Place(isTerminal: false, columns: nil).with("COLUMNS", "132"), 132),
            Case(
                "is 80 when COLUMNS says nothing useful", Place(isTerminal: false, columns: nil).with("COLUMNS", "x"),
                80),
        ])
    func width(_ c: Case<Place, Int>) {
        #expect(c.input.style.columns == c.output)
    }

    @Test(
        "Lines are redrawn only on a terminal that can",
        arguments: [
            Case("on a terminal", Place(), true), Case("not in a pipe", Place(isTerminal: false, columns: nil), false),
            Case("not on a dumb one", Place().with("TERM", "dumb"), false),
        ])
    func redrawing(_ c: Case<Place, Bool>) {
        #expect(c.input.terminal.canRedraw == c.output)
    }
}
