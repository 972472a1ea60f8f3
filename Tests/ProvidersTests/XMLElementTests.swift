import TestSupport
import Testing

@testable import Providers

@Suite("XML documents of services")
struct XMLElementTests {
    @Test(
        "What stands in a document is read",
        arguments: [
            Case("an empty element", "<a/>", "a()"),
            Case(
                "a declaration, comments and blanks", "<?xml version=\"1.0\"?>\n<!-- x --> <a>b</a> <!-- y -->", "a(b)"),
            Case("elements within", "<a><b>1</b><c/><b>2</b></a>", "a(b(1)c()b(2))"),
            Case("attributes of both kinds", "<a x='1' y=\"&lt;2>\">b</a>", "a(b)"),
            Case("prefixes", "<p:a xmlns:p=\"u\"><p:b>1</p:b></p:a>", "a(b(1))"),
            Case("XML's own entities", "<a>&lt;&amp;&gt;&quot;&apos;</a>", "a(<&>\"')"),
            Case("characters by number", "<a>&#65;&#x42;&#x1F600;</a>", "a(AB😀)"),
            Case("text as it is", "<a><![CDATA[<b>&amp;]]></a>", "a(<b>&amp;)"),
            Case("a byte order mark", "\u{FEFF}<a/>", "a()"),
            Case("text around elements", "<a>x<b/>y</a>", "a(xyb())"),
        ])
    func read(_ row: Case<String, String>) throws {
        #expect(try XMLElement(parsing: row.input.utf8).shown == row.output)
    }

    @Test(
        "What is no document, or could grow when it is read, is refused",
        arguments: [
            Case("nothing", "", "an element was expected"),
            Case("text alone", "hello", "an element was expected"),
            Case("a page of HTML", "<!DOCTYPE html><html></html>", "an element was expected"),
            Case(
                "entities of its own", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "an element was expected"),
            Case("an entity that nobody knows", "<a>&b;</a>", "the entity b is not one of XML's own"),
            Case("a character that does not exist", "<a>&#xD800;</a>", "the character #xD800 does not exist"),
            Case("the zero character", "<a>&#0;</a>", "the character #0 does not exist"),
            Case("an ampersand", "<a>b & c and much more text</a>", "; was expected"),
            Case("an element that does not end", "<a><b></b>", "the element a does not end"),
            Case("tags that cross", "<a><b></a></b>", "the element b is not closed by its own tag"),
            Case("something behind the end", "<a/><b/>", "something follows the document's end"),
            Case("an attribute twice", "<a x='1' x='2'/>", "a has x twice"),
            Case("an attribute without a value", "<a x/>", "the attribute x has no value"),
            Case("a processing instruction", "<a><?php evil() ?></a>", "an element was expected"),
            Case(
                "elements without end in one another", String(repeating: "<a>", count: 100_000),
                "it is nested too deep"),
        ])
    func refused(_ row: Case<String, String>) {
        #expect(throws: XMLSyntaxError(reason: row.output)) { try XMLElement(parsing: row.input.utf8) }
    }

    @Test("Octets that are no UTF-8 are refused")
    func refusesOctets() {
        #expect(throws: XMLSyntaxError(reason: "it is not UTF-8")) {
            try XMLElement(parsing: Array("<a>".utf8) + [0xFF] + Array("</a>".utf8))
        }
    }

    @Test("Text written into a document is read back as it was", arguments: ["a", "<&>", "\"'", "]]>", "ä😀", "&amp;"])
    func escaped(text: String) throws {
        #expect(try XMLElement(parsing: "<a>\(text.xmlEscaped)</a>".utf8).text == text)
    }
}

extension XMLElement {
    fileprivate var shown: String { "\(name)(\(text)\(children.map(\.shown).joined()))" }
}
