import DNSModel
import FoundationEssentials
import TestSupport
import Testing

@testable import Providers

@Suite("Small formats")
struct SmallFormatTests {
    private static let now = Date(timeIntervalSince1970: 784_111_777)

    @Test(
        "Retry-After is a number of seconds or a date",
        arguments: [
            Case("seconds", "120", .seconds(120)), Case("none", "0", .zero),
            Case("more than a day", "99999999", .seconds(86_400)),
            Case("a date", "Sun, 06 Nov 1994 08:50:37 GMT", .seconds(60)),
            Case("a date in the past", "Sun, 06 Nov 1994 08:48:37 GMT", .zero),
            Case("the 29th of February", "Thu, 29 Feb 1996 00:00:00 GMT", .seconds(86_400)),
            Case("no such day", "Sun, 32 Nov 1994 08:50:37 GMT", nil), Case("words", "soon", nil),
            Case("negative", "-5", nil), Case("a fraction", "1.5", nil), Case("empty", "", nil),
        ] as [Case<String, Duration?>])
    func retryAfter(row: Case<String, Duration?>) {
        #expect(RetryAfter.duration(row.input, at: Self.now) == row.output)
    }

    @Test("A time in seconds since 1970 is one, too")
    func epoch() {
        let now = Date(timeIntervalSince1970: 1_795_000_000)
        #expect(RetryAfter.duration("1795000030", at: now) == .seconds(30))
    }

    @Test(
        "XML: elements and text",
        arguments: [
            Case(
                "nested", "<?xml version=\"1.0\"?>\n<a xmlns='x'><b> 1 </b><c/><!-- no --><b>2</b></a>", "a(b=1 c b=2)"),
            Case("prefixes", "<n:a><n:b>1</n:b></n:a>", "a(b=1)"),
            Case("references", "<a>&lt;&amp;&gt;&#65;&#x42;&quot;&apos;</a>", "a=<&>AB\"'"),
            Case("a document type could make much of little", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", nil),
            Case("an unknown reference", "<a>&x;</a>", nil), Case("ends that cross", "<a><b></a></b>", nil),
            Case("no end", "<a><b></b>", nil), Case("two documents", "<a/><b/>", nil), Case("text alone", "good", nil),
            Case("an HTML page", "<html><br><p>x</html>", nil), Case("nothing", "", nil),
            Case("too deep", String(repeating: "<a>", count: 100_000), nil),
            Case("an attribute without quotes", "<a b=c/>", nil),
        ] as [Case<String, String?>])
    func xml(row: Case<String, String?>) {
        #expect((try? XMLElement(parsing: Array(row.input.utf8))).map(Self.text) == row.output)
    }

    private static func text(_ element: XMLElement) -> String {
        let children = element.children.map(text).joined(separator: " ")
        return element.name + (element.text.isEmpty ? "" : "=\(element.text)")
            + (children.isEmpty ? "" : "(\(children))")
    }
}
