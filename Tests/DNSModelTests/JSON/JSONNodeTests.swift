import DNSModel
import TestSupport
import Testing

@Suite("JSON is read strictly, and mistakes are told by their line")
struct JSONNodeTests {
    @Test(
        "What is right",
        arguments: [
            Case("literals", "[null, true, false]", "[null true false]"),
            Case("numbers", "[0, -1.5, 1e3]", "[0.0 -1.5 1000.0]"),
            Case("a string with every escape", #""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00""#, "'\"\\/\u{8}\u{C}\n\r\té😀'"),
            Case("objects and lists", #"{"a": [], "b": {}, "c": [{}]}"#, "{a=[] b={} c=[{}]}"),
            Case("blanks everywhere", " \t\r\n[ 1 , 2 ] \n", "[1.0 2.0]"),
        ])
    func reads(_ c: Case<String, String>) throws {
        #expect(Self.text(try JSONNode(parsing: c.input.utf8)) == c.output)
    }

    @Test(
        "What is wrong, and where",
        arguments: [
            Case("nothing", "", "1: a value was expected, not the end of the file"),
            Case("text behind the document", "{}\n{}", "2: the end of the document was expected, not \"{\""),
            Case("a comma too many", "[1,\n2,\n]", "3: a value was expected, not \"]\""),
            Case("no comma", "{\"a\": 1\n \"b\": 2}", "2: \",\" or \"}\" was expected, not \"\"\""),
            Case("no colon", "{\"a\" 1}", "1: \":\" was expected, not \"1\""),
            Case("a key that is no string", "{\n1: 2}", "2: a key in quotes was expected, not \"1\""),
            Case("a key twice", "{\"a\": 1,\n\"a\": 2}", "2: the key \"a\" is given twice"),
            Case("a string without its end", "[\"a", "1: a string does not end"),
            Case("a line's end in a string", "[\"a\nb\"]", "1: a string does not end"),
            Case("a bad escape", "[\"\\x\"]", "1: a string has a bad escape after its backslash"),
            Case("half a surrogate pair", "[\"\\ud83d\"]", "1: a string has a bad escape after its backslash"),
            Case("a trail surrogate first", "[\"\\ude00\"]", "1: a string has a bad escape after its backslash"),
            Case("the end after a backslash", "\"\\", "1: a string has a bad escape after its backslash"),
            Case("half a literal", "tru", "1: a value was expected, not \"t\""),
            Case("a sign alone", "-", "1: a value was expected, not \"-\""),
            Case("an open list", "[[1]\n\n", "3: \",\" or \"]\" was expected, not the end of the file"),
            Case("a control character", "\u{1}", "1: a value was expected, not an octet of value 1"),
            Case("nesting without end", String(repeating: "[", count: 1000), "1: it is nested too deep"),
        ])
    func refuses(_ c: Case<String, String>) {
        do throws(JSONSyntaxError) {
            _ = try JSONNode(parsing: c.input.utf8)
            Issue.record("it was read")
        } catch {
            #expect("\(error.line): \(error.reason)" == c.output)
        }
    }

    @Test("Octets that are not UTF-8 are refused")
    func notUTF8() {
        #expect(throws: JSONSyntaxError.self) { try JSONNode(parsing: [0x22, 0xFF, 0x22] as [UInt8]) }
    }

    @Test("Each value knows its line")
    func lines() throws {
        let node = try JSONNode(parsing: "{\n\"a\":\n[1,\n2]}".utf8)
        guard case .object(let members) = node.value, case .array(let elements) = members[0].node.value else {
            Issue.record("\(node)")
            return
        }
        #expect([members[0].line, members[0].node.line] + elements.map(\.line) == [2, 3, 3, 4])
    }

    private static func text(_ node: JSONNode) -> String {
        switch node.value {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number(let value): "\(value)"
        case .string(let value): "'\(value)'"
        case .array(let nodes): "[" + nodes.map(text).joined(separator: " ") + "]"
        case .object(let members): "{" + members.map { "\($0.key)=\(text($0.node))" }.joined(separator: " ") + "}"
        }
    }
}
