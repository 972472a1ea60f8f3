import TestSupport
import Testing

@Suite("A mistaken command line is one clear line on standard error and exit code 3")
struct BadInputTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let arguments: [String]
        let message: String

        init(_ sentence: String, _ arguments: [String], _ message: String) {
            testDescription = sentence
            self.arguments = arguments
            self.message = message
        }
    }

    static let long = (0..<32).map { _ in "abcdefg" }.joined(separator: ".") + ".example"

    static let mistakes = [
        Mistake("no command", [], "a command is missing: there are check, watch, resolvers, run"),
        Mistake("a command that is none", ["chek", "example.org"], "there is no command 'chek'"),
        Mistake("half a command", ["resolvers"], "a command is missing: there are list and test"),
        Mistake("no name", ["check"], "missing expected argument '<name>'"),
        Mistake("a blank in a name", ["check", "example org"], "the name has the character \" \""),
        Mistake("an empty label", ["check", "example..org"], "the name has an empty label"),
        Mistake("an empty name", ["check", ""], "the name is empty"),
        Mistake("a label of 64 octets", ["check", String(repeating: "a", count: 64)], "longer than 63 octets"),
        Mistake("a name of more than 255 octets", ["check", long], "takes 265 octets on the wire; at most 255 fit"),
        Mistake("a control character, shown and not sent to the terminal", ["check", "a\u{1B}[2J"], "\\u{1B}"),
        Mistake(
            "an address for a name", ["check", "192.0.2.7"], "the name of its PTR record is 7.2.0.192.in-addr.arpa"),
        Mistake("a URL for a name", ["check", "https://example.org/"], "it is a URL; give the name of its host"),
        Mistake("a symbol in an IDN", ["check", "☃!.example"], "which a domain name cannot carry"),
        Mistake("a type that is none", ["check", "example.org", "FOO"], "\"FOO\" is no record type"),
        Mistake("a type out of range", ["check", "example.org", "TYPE65536"], "\"TYPE65536\" is no record type"),
        Mistake("OPT", ["check", "example.org", "OPT"], "OPT belongs to one message"),
        Mistake("AXFR", ["check", "example.org", "axfr"], "AXFR transfers a zone"),
        Mistake("ANY", ["check", "example.org", "ANY"], "ANY is answered as each server likes (RFC 8482)"),
        Mistake("TSIG", ["check", "example.org", "TYPE250"], "TSIG secures one exchange"),
        Mistake("an empty type in a list", ["check", "example.org", "A,"], "\"\" is no record type"),
        Mistake("a type twice", ["check", "example.org", "A,a"], "A is given twice"),
        Mistake("an option that is none", ["check", "example.org", "--expct"], "Did you mean '--expect'"),
        Mistake("a value too many", ["check", "example.org", "A", "AAAA"], "unexpected argument 'AAAA'"),
        Mistake(
            "an expected address of a family that is not asked",
            ["check", "example.org", "--expect", "2001:db8::1"], "AAAA is not asked"),
        Mistake(
            "an expected value that is no address", ["check", "example.org", "--expect", "example.net"],
            "--expect \"example.net\" is neither an address nor a network"),
        Mistake(
            "a prefix that is too long", ["check", "example.org", "--expect", "192.0.2.0/33"],
            "is neither an address nor a network"),
        Mistake(
            "an expected name that is none", ["check", "example.org", "CNAME", "--expect", "a..b"],
            "--expect \"a..b\" is no CNAME data: the name has an empty label"
        ),
        Mistake(
            "an expected value that does not fit its type",
            ["check", "example.org", "MX", "--expect", "mail.example.org"],
            "--expect \"mail.example.org\" is no MX data"),
        Mistake(
            "a text that could be of two types", ["check", "example.org", "MX,TXT", "--expect", "x"],
            "could be for MX and TXT"),
        Mistake(
            "a value and its absence", ["check", "example.org", "--expect", "192.0.2.1", "--expect-none"], "give one"),
        Mistake("a match without a value", ["check", "example.org", "--match", "any"], "give that too"),
        Mistake("a match that is none", ["check", "example.org", "--match", "some"], "'exact', 'subset' or 'any'"),
        Mistake("a scheme and a name", ["check", "example.org", "--scheme", "cat"], "leave name, type"),
        Mistake("a range that ends before it starts", ["check", "example.org", "-w", "20:10"], "it is no range"),
        Mistake("a range of words", ["check", "example.org", "-c", "many"], "it is no range"),
        Mistake("a time without a number", ["check", "example.org", "--timeout", "s"], "it is no time"),
        Mistake("a time of nothing", ["watch", "example.org", "--deadline", "0"], "longer than nothing"),
        Mistake("no samples", ["check", "example.org", "--samples", "0"], "a number from 1 to 64"),
        Mistake("no operators", ["check", "example.org", "--min-operators", "none"], "a number from 1 to 1000"),
        Mistake("a tier that is none", ["check", "example.org", "--tier", "core,good"], "\"good\" is no tier"),
        Mistake("a server by name", ["check", "example.org", "--nameserver", "ns1"], "it is no address"),
        Mistake("a port that is none", ["check", "example.org", "--nameserver", "192.0.2.1:0"], "it is no address"),
        Mistake("a transport that is none", ["check", "example.org", "--transport", "quic"], "'udp', 'tcp', 'tls'"),
        Mistake("a resolver in another protocol", ["check", "example.org", "--resolver", "sdns://x"], "is not spoken"),
        Mistake(
            "a resolver that is not listed", ["check", "example.org", "--resolver", "quad8"],
            "no entry of the list has that id"),
        Mistake("both families alone", ["check", "example.org", "-4", "-6"], "-4 and -6 exclude each other"),
        Mistake(
            "a resolver of the other family", ["check", "example.org", "-6", "--resolver", "192.0.2.1"],
            "--resolver 192.0.2.1 cannot be asked over IPv6"),
        Mistake("nobody to ask", ["check", "example.org", "--no-resolvers", "--no-authoritative"], "nobody to ask"),
        Mistake("resolvers and none", ["check", "example.org", "--no-resolvers", "--tier", "core"], "excludes"),
        Mistake("two formats", ["check", "example.org", "--json", "--format", "text"], "exclude each other"),
        Mistake("a list that is not there", ["check", "example.org", "--resolvers", "/none"], "/none: cannot be read"),
        Mistake("a list that is a directory", ["check", "example.org", "--resolvers", "/"], "/: cannot be read"),
        Mistake(
            "hints that are not there", ["check", "example.org", "--root-hints", "/none"], "/none: cannot be read"),
        Mistake(
            "hints without a server", ["check", "example.org", "--root-hints", "/dev/null"], "/dev/null: it names no"),
        Mistake("certificates that are not there", ["check", "example.org", "--ca-file", "/none"], "cannot be read"),
        Mistake("a list that shows no such entry", ["resolvers", "list", "quad8"], "has no resolver \"quad8\""),
    ]

    @Test(arguments: mistakes)
    func isToldInOneLine(_ mistake: Mistake) async throws {
        let run = try await ProgramRun.program(mistake.arguments)
        #expect(run.exitCode == 3)
        #expect(run.output == "")
        #expect(run.errorLines.count == 1)
        #expect(run.error.hasPrefix("dnsconverge: "))
        #expect(run.error.contains(mistake.message), "\(run.error)")
    }

    @Test("A malformed list names its line and field")
    func namesLineAndField() async throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(
            """
            {"schema": "dnsconverge.resolvers/1", "resolvers": [
              {"id": "one", "name": "One", "operator": "one", "operator_name": "One", "tier": "core",
               "addresses": ["192.0.2.1", "192.0.2.256"]}
            ]}
            """, to: "list.json")
        let run = try await ProgramRun.program(["check", "example.org", "--resolvers", path])
        #expect(run.exitCode == 3)
        #expect(
            run.error
                == "dnsconverge: \(path): line 3: resolver \"one\": addresses: \"192.0.2.256\" is no IP address\n")
    }
}
