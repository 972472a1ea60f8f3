import DNSModel
import Testing

@Suite("An IP address")
struct IPAddressTests {
    @Test(
        "is shown in the recommended form",
        arguments: [
            ("192.0.2.1", "192.0.2.1"), ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("::", "::"), ("::1", "::1"),
            ("2001:db8::", "2001:db8::"), ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
            ("::ffff:192.0.2.1", "::ffff:192.0.2.1"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
        ])
    func shows(text: String, shown: String) {
        #expect(IPAddress(text)?.description == shown)
    }

    @Test(
        "is not read from anything looser",
        arguments: [
            "", "1", "1.2", "1.2.3", "0x7f.0.0.1", "01.2.3.4", "1.2.3.256", "1.2.3.4 ", "1.2.3.4.5", ":::", "1::2::3",
            "12345::", "g::", "fe80::1%eth0", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7", "+1.2.3.4", "::1.2.3",
        ])
    func refuses(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test("has a reverse name")
    func reverse() {
        #expect(IPAddress("192.0.2.10")?.reverseName.description == "10.2.0.192.in-addr.arpa")
        #expect(
            IPAddress("2001:db8::1")?.reverseName.description
                == "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")
    }

    @Test(
        "lies in a prefix or not",
        arguments: [
            ("192.0.2.0/24", "192.0.2.255", true), ("192.0.2.0/25", "192.0.2.128", false),
            ("0.0.0.0/0", "203.0.113.9", true), ("192.0.2.1/32", "192.0.2.1", true), ("0.0.0.0/0", "::1", false),
            ("2001:db8::/33", "2001:db8:8000::", false), ("2001:db8::/32", "2001:db8:8000::", true),
        ])
    func prefixes(prefix: String, address: String, contained: Bool) throws {
        let address = try #require(IPAddress(address))
        #expect(try #require(IPPrefix(prefix)).contains(address) == contained)
    }

    @Test(
        "refuses a prefix that is too long", arguments: ["192.0.2.0/33", "::/129", "192.0.2.0/", "192.0.2.0/-1", "x/8"])
    func badPrefixes(text: String) {
        #expect(IPPrefix(text) == nil)
    }
}
