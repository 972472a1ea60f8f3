import DNSModel
import TestSupport
import Testing

@testable import Providers

@Suite("Texts with open places")
struct RequestTextTests {
    private static let hostile = #"a"b\c/d?e&f=g h#i%20{zone}"# + "\r\nX: y\u{1}ü"

    private static func values(_ value: String) -> RequestValues {
        var values = RequestValues()
        for placeholder in Placeholder.allCases { values[placeholder] = value }
        values[.ttl] = "300"
        values[.valuesJSON] = "[1]"
        return values
    }

    @Test("A value in a path is one component of it, whatever it is")
    func path() {
        let filled = RequestText("/zones/{zone}?name={fqdn}&x=1").filled(Self.values(Self.hostile), as: .path)
        let escaped = "a%22b%5Cc%2Fd%3Fe%26f%3Dg%20h%23i%2520%7Bzone%7D%0D%0AX%3A%20y%01%C3%BC"
        #expect(filled == "/zones/\(escaped)?name=\(escaped)&x=1")
    }

    @Test("A value in a form is one field's, whatever it is")
    func form() {
        let filled = RequestText("name={fqdn}&ip={value}").filled(Self.values("a&b=c+d e"), as: .form)
        #expect(filled == "name=a%26b%3Dc%2Bd%20e&ip=a%26b%3Dc%2Bd%20e")
    }

    @Test("A value in JSON is one string, whatever it is")
    func json() throws {
        let text = RequestText(#"{"name": "{fqdn}", "ttl": {ttl}, "values": {values_json}}"#)
        let document = try JSONNode(parsing: text.filled(Self.values(Self.hostile), as: .json).utf8)
        #expect(document["name"]?.string == Self.hostile)
        #expect(document["ttl"]?.integer == 300)
        #expect(document["values"]?.elements.count == 1)
    }

    @Test("What stands for a value is not looked through for places again")
    func isFilledOnce() {
        #expect(RequestText("{fqdn}{zone}").filled(Self.values("{token}"), as: .plain) == "{token}{token}")
    }

    @Test(
        "Braces that are no place stay",
        arguments: [
            Case("JSON", #"{"a": {"b": {}}}"#, #"{"a": {"b": {}}}"#), Case("open", "{fqdn", "{fqdn"),
            Case("capitals", "{FQDN}", "{FQDN}"), Case("empty", "{}", "{}"),
            Case("doubled", "{{fqdn}}", "{x}"),
        ])
    func braces(_ row: Case<String, String>) {
        #expect(RequestText(row.input).filled(Self.values("x"), as: .plain) == row.output)
    }

    @Test(
        "What can never become a request is told",
        arguments: [
            Case("a place that does not exist", (#"{"a": "{nmae}"}"#, .json), "is no placeholder here"),
            Case("a misspelt place", (#"/{fqnd}"#, .path), "did you mean “fqdn”?"),
            Case(
                "a place without a value there", ("/{record_id}", .path), "{record_id} has no value here; take it away"),
            Case("a path without its slash", ("zones", .path), "must begin with a slash"),
            Case("a value that would begin another host", ("{zone}/x", .path), "must begin with a slash"),
            Case("a blank in a path", ("/a b", .path), "has a character that cannot stand there"),
            Case("a line break in a header", ("a\r\nb", .header), "has a character that cannot stand there"),
            Case("JSON that is none", (#"{"a": "#, .json), "is no JSON once it is filled in"),
            Case("a text outside of quotation marks", (#"{"a": {value}}"#, .json), "put it between quotation marks"),
            Case("a list within quotation marks", (#"{"a": "{values_json}"}"#, .json), "take the quotation marks away"),
            Case("a quotation mark within a string", (#"{"a": "\"{values_json}"}"#, .json), "take the quotation marks"),
            Case("a list in a form", ("a={values_json}", .form), "{values_json} belongs into JSON"),
            Case("nothing", (#"{"a": "{value}", "b": {ttl}, "c": {values_json}}"#, .json), nil),
            Case("a number in quotation marks", (#"{"ttl": "{ttl}"}"#, .json), nil),
        ] as [Case<(String, RequestText.Use), String?>])
    func problems(_ row: Case<(String, RequestText.Use), String?>) {
        let known = Set(Placeholder.allCases).subtracting([.recordID])
        let problem = RequestText(row.input.0).problem(as: row.input.1, known: known)
        #expect((problem == nil) == (row.output == nil), "\(problem ?? "")")
        if let expected = row.output { #expect(problem?.contains(expected) == true, "\(problem ?? "")") }
    }

    @Test(
        "Every ready template is one that could be written in a configuration",
        arguments: ServiceTemplate.ready.map(\.name))
    func ready(name: String) throws {
        let template = try #require(ServiceTemplate.ready.first { $0.name == name }?.template)
        let known = Set(Placeholder.allCases)
        for call in template.calls {
            #expect(call.path.problem(as: .path, known: known) == nil)
            if let body = call.body { #expect(body.text.problem(as: body.use, known: known) == nil) }
        }
        for header in template.headers { #expect(header.value.problem(as: .header, known: known) == nil) }
        for path in [template.lookup?.path, template.poll?.path] {
            if let path { #expect(path.problem(as: .path, known: known) == nil) }
        }
        #expect(template.traits.readsBack == (template.lookup != nil))
    }
}
