import DNSModel
import TestSupport
import Testing

@testable import CLI

@Suite("Arguments are read once, at the edge")
struct ArgumentTests {
    @Test(
        "A time is seconds, or a number with a unit",
        arguments: [
            ("2", .seconds(2)), ("0.5", .milliseconds(500)), ("1500ms", .milliseconds(1500)), ("5m", .seconds(300)),
            ("2h", .seconds(7200)), ("10s", .seconds(10)), ("", nil), ("-1", nil), ("5 m", nil), ("1d", nil),
            ("1e3", nil), (".", nil), ("99999999999h", nil),
        ] as [(String, Duration?)])
    func time(text: String, duration: Duration?) {
        #expect((try? Duration(argument: text)) == duration)
    }

    @Test(
        "Types are names or numbers, in any case",
        arguments: [
            ("a", [RecordType.a]), ("A,AAAA", [.a, .aaaa]), ("TYPE65280", [RecordType(rawValue: 65280)]),
            ("https", [.https]), ("type28", [.aaaa]),
        ] as [(String, [RecordType])])
    func types(text: String, types: [RecordType]) throws {
        #expect(try TypeList(argument: text).types == types)
    }

    @Test(
        "A resolver is an address, a URL, an id or the machine's own",
        arguments: [
            Case("an address", "9.9.9.9", "address 9.9.9.9"),
            Case("with a port", "192.0.2.1:5300", "address 192.0.2.1:5300"),
            Case("of IPv6", "2001:db8::1", "address 2001:db8::1"),
            Case("of IPv6 with a port", "[2001:db8::1]:5300", "address [2001:db8::1]:5300"),
            Case("over TCP", "tcp://192.0.2.1", "address tcp://192.0.2.1"),
            Case("over UDP", "udp://192.0.2.1:53", "address 192.0.2.1"),
            Case("over TLS by name", "tls://dns.quad9.net", "tls dns.quad9.net:-"),
            Case("over TLS by address and port", "TLS://192.0.2.1:8853", "tls 192.0.2.1:8853"),
            Case("over HTTPS", "https://dns.google/dns-query", "https https://dns.google/dns-query"),
            Case("over HTTPS without a path", "https://dns.google", "https https://dns.google/dns-query"),
            Case("over HTTPS at a port", "https://192.0.2.1:8443/q", "https https://192.0.2.1:8443/q"),
            Case("an id", "quad9-ecs", "entry quad9-ecs"),
            Case("the machine's own", "system", "system"),
            Case("a name without a scheme", "dns.google", nil),
            Case("a port out of range", "192.0.2.1:65536", nil),
            Case("plain HTTP", "http://dns.google/", nil),
            Case("a path with a blank", "https://dns.google/a b", nil),
            Case("a host with a blank", "https://dns google/", nil),
            Case("no host", "tls://", nil),
            Case("nothing", "", nil),
        ] as [Case<String, String?>])
    func resolver(_ c: Case<String, String?>) {
        #expect((try? ResolverArgument(argument: c.input)).map(Self.text) == c.output)
    }

    private static func text(_ argument: ResolverArgument) -> String {
        switch argument {
        case .address(let endpoint): "address \(endpoint)"
        case .tls(let location): "tls \(location.host):\(location.port.map { "\($0)" } ?? "-")"
        case .https(let url): "https \(url)"
        case .entry(let id): "entry \(id)"
        case .system: "system"
        }
    }

    @Test(
        "A format is known before the command line is parsed",
        arguments: [
            (["check", "x", "--format", "nagios"], OutputFormat.nagios), (["--format=okerr"], .okerr),
            (["--json"], .json), (["--format"], .text), (["--format", "xml"], .text), ([], .text),
        ] as [([String], OutputFormat)])
    func format(arguments: [String], format: OutputFormat) {
        #expect(OutputFormat.requested(in: arguments) == format)
    }

    @Test(
        "The machine's resolvers are the addresses of resolv.conf",
        arguments: [
            Case(
                "two of them", "# x\nnameserver 192.0.2.1\nsearch a\nnameserver\t2001:db8::1\n",
                ["192.0.2.1", "2001:db8::1"]),
            Case("none means this machine", "search a\n", ["127.0.0.1"]),
            Case("one that needs an interface is left out", "nameserver fe80::1%eth0\n", []),
            Case("a comment is none", "#nameserver 192.0.2.1\n;nameserver 192.0.2.2\n", ["127.0.0.1"]),
        ] as [Case<String, [String]>])
    func system(_ c: Case<String, [String]>) {
        #expect(SystemResolvers.endpoints(in: c.input).map(\.description) == c.output)
    }
}
