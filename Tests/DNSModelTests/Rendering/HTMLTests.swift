import DNSModel
import TestSupport
import Testing

@Suite("What is put into markup is text, wherever it comes from")
struct HTMLTests {
    static let cases = [
        Case("plain text stays", "charlie: 192.0.2.1", "charlie: 192.0.2.1"),
        Case("a script is shown", "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        Case("an attribute cannot be left", "\"' onload=x", "&quot;&#39; onload=x"),
        Case("an entity is shown as it was written", "&lt;b&gt;", "&amp;lt;b&amp;gt;"),
        Case("text cannot be reordered or hidden", "a\u{202E}b\u{200B}c\u{0}", "a\\u{202E}b\\u{200B}c\\u{0}"),
        Case("a line break is shown", "a\nb", "a\\u{A}b"),
        Case("letters of any script stay", "東京 Ελλάδα", "東京 Ελλάδα"),
    ]

    @Test(arguments: cases)
    func escapes(_ row: Case<String, String>) {
        let text = row.input
        let html: HTML = "<b title=\"\(text)\">\(text)</b>"
        #expect(html.markup == "<b title=\"\(row.output)\">\(row.output)</b>")
    }

    @Test("markup in markup stays markup")
    func nests() {
        let rows = ["a", "<b>"].map { text -> HTML in "<li>\(text)</li>" }
        let list: HTML = "<ul>\(rows)</ul>\(HTML.empty)\(7)"
        #expect(list.markup == "<ul><li>a</li><li>&lt;b&gt;</li></ul>7")
        #expect(rows.joined(separator: ", ").markup == "<li>a</li>, <li>&lt;b&gt;</li>")
    }

    @Test("lines stay lines where they are wanted, and nothing else of them")
    func lines() {
        let html: HTML = "<pre>\(lines: "a <b>\r\nc\u{1B}\n")</pre>"
        #expect(html.markup == "<pre>\na &lt;b&gt;\nc\\u{1B}\n</pre>")
    }

    @Test("a part of a path cannot leave it")
    func paths() {
        let html: HTML = "/schemes/\(path: "../a b?c#d%\"é")/live"
        #expect(html.markup == "/schemes/..%2Fa%20b%3Fc%23d%25%22%C3%A9/live")
    }
}
