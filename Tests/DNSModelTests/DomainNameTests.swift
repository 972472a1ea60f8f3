import DNSModel
import Testing

@Suite("A domain name")
struct DomainNameTests {
    @Test(
        "keeps its spelling, and loses its trailing dot",
        arguments: [
            ("cat.he.okerr.com", "cat.he.okerr.com"),
            ("Cat.He.Okerr.COM.", "Cat.He.Okerr.COM"),
            (".", "."),
            ("_acme-challenge.example", "_acme-challenge.example"),
            (#"a\.b.example"#, #"a\.b.example"#),
            (#"a\032b.example"#, #"a\032b.example"#),
            ("bücher.example", "xn--bcher-kva.example"),
            ("BÜCHER.example", "xn--bcher-kva.example"),
            ("bu\u{308}cher.example", "xn--bcher-kva.example"),
            ("例え。テスト", "xn--r8jz45g.xn--zckzah"),
            ("пример.испытание", "xn--e1afmkfd.xn--80akhbyknj4f"),
        ])
    func reads(text: String, shown: String) throws {
        #expect(try DomainName(text).description == shown)
    }

    @Test(
        "is refused with the reason",
        arguments: [
            ("", .empty),
            ("a..b", .emptyLabel),
            (".a", .emptyLabel),
            ("a b.example", .notAllowed(" ")),
            ("☃ .example", .notAllowed("☃")),
            (#"a\"#, .badEscape(#"\"#)),
            (#"a\25"#, .badEscape(#"\25"#)),
            (#"a\256"#, .badEscape(#"\256"#)),
            (String(repeating: "a", count: 64) + ".example", .labelTooLong(String(repeating: "a", count: 64))),
            (String(repeating: "a.", count: 127) + "a", .nameTooLong(octets: 257)),
        ] as [(String, DomainNameError)])
    func refuses(text: String, reason: DomainNameError) {
        #expect(throws: reason) { try DomainName(text) }
    }

    @Test("takes 255 octets and no more")
    func longest() throws {
        #expect(try DomainName(String(repeating: "a.", count: 127)).wire.count == 255)
        #expect(throws: DomainNameError.nameTooLong(octets: 256)) {
            try DomainName("aa." + String(repeating: "a.", count: 126))
        }
    }

    @Test("compares without case")
    func comparison() throws {
        let (lower, upper) = (try DomainName("cat.example"), try DomainName("CAT.Example"))
        #expect(lower == upper)
        #expect(Set([lower, upper]).count == 1)
        #expect(try DomainName("cat.example") != DomainName("cat.example.net"))
    }

    @Test(
        "knows what it is below",
        arguments: [
            ("a.b.example", "b.example", true), ("a.b.example", "B.EXAMPLE", true), ("a.b.example", ".", true),
            ("b.example", "b.example", true), ("ab.example", "b.example", false), ("example", "a.example", false),
        ])
    func subdomains(name: String, ancestor: String, expected: Bool) throws {
        #expect(try DomainName(name).isSubdomain(of: DomainName(ancestor)) == expected)
    }

    @Test("is renamed below a DNAME, unless it grows too long")
    func renaming() throws {
        let (old, new) = (try DomainName("old.example"), try DomainName("new.example.net"))
        #expect(
            try DomainName("a.b.old.example").replacing(suffix: old, with: new) == DomainName("a.b.new.example.net"))
        #expect(old.replacing(suffix: old, with: new) == nil)
        let long = try DomainName(String(repeating: "a.", count: 120) + "old.example")
        #expect(long.replacing(suffix: old, with: new) == nil)
    }

    @Test("sorts from the right")
    func order() throws {
        let sorted = ["example", "a.example", "Z.a.example", "z.example"]
        let names = try sorted.shuffled().map { try DomainName($0) }
        #expect(names.sorted().map(\.description) == sorted)
    }
}
