import DNSModel
import TestSupport
import Testing

@Suite("An okerr indicator fits okerr's rules")
struct OkerrIndicatorTests {
    static let names: [Case<String, String>] = [
        Case("an ordinary name", "dns:cat.example:A", "dns:cat.example:A"),
        Case("a tree with a path", "host:df-/", "host:df-/"),
        Case("every refused character", "a<b>c%d\\e@f", "a_b_c_d_e_f"),
        Case("a leading slash", "/x", "_x"),
        Case("two slashes", "a//b", "a/_b"),
        Case("three slashes", "a///b", "a/_/b"),
        Case("a number", "42", "_42"),
        Case("a negative number", "-42", "_-42"),
        Case("nothing", "", "_"),
        Case("a line break", "a\r\nb", "a_b"),
        Case("200 characters", String(repeating: "x", count: 200), String(repeating: "x", count: 200)),
        Case(
            "201 characters", String(repeating: "x", count: 150) + String(repeating: "y", count: 51),
            String(repeating: "x", count: 138) + ".." + String(repeating: "x", count: 9)
                + String(repeating: "y", count: 51)
        ),
    ]

    @Test("Its name is one that okerr takes", arguments: names)
    func name(name: Case<String, String>) {
        let indicator = OkerrIndicator(name: name.input, value: .ok, details: "")
        #expect(indicator.name == name.output)
        #expect(indicator.name.count <= 200)
    }

    static let detailTexts: [Case<String, String>] = [
        Case("short", "4/4 servers", "4/4 servers"),
        Case("two lines", "a\nb", "a b"),
        Case("200 characters", String(repeating: "é", count: 200), String(repeating: "é", count: 200)),
        Case("201 characters", String(repeating: "é", count: 201), String(repeating: "é", count: 198) + ".."),
    ]

    @Test("Its details are one line of at most 200 characters", arguments: detailTexts)
    func details(details: Case<String, String>) {
        #expect(OkerrIndicator(name: "x", value: .ok, details: details.input).details == details.output)
    }

    static let values: [Case<OkerrIndicator.Value, [String]>] = [
        Case("good", .ok, ["OK", "heartbeat"]),
        Case("bad", .err, ["ERR", "heartbeat"]),
        Case("a whole number", .number(3), ["3", "numerical"]),
        Case("a fraction", .number(85.7), ["85.7", "numerical"]),
        Case("a number that no Int holds", .number(1e300), ["1e+300", "numerical"]),
    ]

    @Test("Its status is one that its method understands", arguments: values)
    func status(value: Case<OkerrIndicator.Value, [String]>) {
        let indicator = OkerrIndicator(name: "x", value: value.input, details: "")
        #expect([indicator.status, indicator.method] == value.output)
    }

    @Test("Its parameters are those of /update, without tags that okerr refuses")
    func parameters() {
        let indicator = OkerrIndicator(
            name: "x", value: .err, details: "d", description: "s", tags: ["one", "", "-two", "th,ree", "4"])
        let expected = [
            "name=x", "status=ERR", "details=d", "method=heartbeat", "policy=Default", "tags=one,4", "desc=s",
        ]
        #expect(indicator.parameters.map { "\($0.key)=\($0.value)" } == expected)
    }
}
