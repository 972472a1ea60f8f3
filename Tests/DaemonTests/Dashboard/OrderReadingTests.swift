import DNSModel
import Failover
import FoundationEssentials
import TestSupport
import Testing

@testable import Daemon

@Suite("The button that was pressed becomes an order")
struct OrderReadingTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    static let orders = [
        Case(
            "a pin with its end", ["action": "pin", "server": "echo", "why": " a test ", "for": "1h30m"],
            OrderRequest(.pin, server: "echo", who: "page", why: "a test", until: now + 5400)),
        Case("one of a whole scheme", ["action": "push", "server": ""], OrderRequest(.push, who: "page")),
        Case(
            "a state that is forced", ["action": "pretend-fail", "server": "echo"],
            OrderRequest(.pretend, server: "echo", health: .fail, who: "page")),
        Case(
            "its end", ["action": "end-pretence", "server": "echo"],
            OrderRequest(.endPretence, server: "echo", who: "page")),
    ]

    @Test(arguments: orders)
    func reads(_ row: Case<[String: String], OrderRequest>) throws {
        #expect(try OrderReading(FormState(values: row.input)).request(who: "page", at: Self.now) == row.output)
    }

    static let refusals = [
        Case("no button", ["server": "echo"], String?.none),
        Case("a state that is none", ["action": "pretend-great"], nil),
        Case("a state without a name", ["action": "pretend"], nil),
        Case("a time without a unit", ["action": "pin", "for": "30"], "for"),
        Case("a time in the past", ["action": "pin", "for": "-1h"], "for"),
        Case("no time at all", ["action": "pin", "for": "0"], "for"),
        Case("longer than anybody remembers", ["action": "pin", "for": "53w"], "for"),
        Case("a novel", ["action": "pin", "why": String(repeating: "x", count: 501)], "why"),
    ]

    @Test("what is no order is refused, at its field", arguments: refusals)
    func refuses(_ row: Case<[String: String], String?>) {
        let problem = #expect(throws: FormProblem.self) {
            try OrderReading(FormState(values: row.input)).request(who: "page", at: Self.now)
        }
        #expect(problem?.field == row.output)
    }
}
