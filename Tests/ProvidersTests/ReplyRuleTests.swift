import TestSupport
import Testing

@testable import Providers

@Suite("Rules for replies")
struct ReplyRuleTests {
    @Test(
        "Everything that a rule says must hold",
        arguments: [
            Case("any status of several", (.init(statuses: [200...204, 409...409]), 409, ""), true),
            Case("another status", (.init(statuses: [200...204]), 409, ""), false),
            Case("any JSON", (.init(isJSON: true), 200, "[]"), true),
            Case("a page instead of JSON", (.init(isJSON: true), 200, "<html>"), false),
            Case("a member", (.init(pointer: "/ok", equals: ["true", "1"]), 200, #"{"ok": true}"#), true),
            Case(
                "a member with another value", (.init(pointer: "/ok", equals: ["true"]), 200, #"{"ok": false}"#), false),
            Case("a member that is missing", (.init(pointer: "/ok", equals: ["true"]), 200, "{}"), false),
            Case("a member of no JSON", (.init(pointer: "/ok", equals: ["true"]), 200, "true"), false),
            Case("the first word", (.init(firstWords: ["good", "nochg"]), 200, "nochg 192.0.2.1\n"), true),
            Case("the word somewhere else", (.init(firstWords: ["good"]), 200, "not good"), false),
            Case("the word as part of another", (.init(firstWords: ["good"]), 200, "goodbye"), false),
            Case("a word on a later line", (.init(words: ["NOCHANGE"]), 200, "OK\n\nNOCHANGE"), true),
            Case("one of two conditions", (.init(statuses: [200...200], firstWords: ["OK"]), 500, "OK"), false),
            Case("an empty body", (.init(firstWords: ["OK"]), 200, ""), false),
        ] as [Case<(ReplyRule, Int, String), Bool>])
    func matches(_ row: Case<(ReplyRule, Int, String), Bool>) {
        let (rule, status, body) = row.input
        #expect(rule.matches(status: status, body: Array(body.utf8)) == row.output)
    }
}
