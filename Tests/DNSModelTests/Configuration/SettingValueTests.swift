import DNSModel
import TestSupport
import Testing

@Suite("Values of settings")
struct SettingValueTests {
    @Test(
        "Times have units, the larger first, each once",
        arguments: [
            Case("milliseconds", "250ms", .milliseconds(250)),
            Case("seconds", "10s", .seconds(10)),
            Case("minutes", "5m", .seconds(300)),
            Case("hours and minutes", "1h30m", .seconds(5400)),
            Case("seconds and milliseconds", "1s500ms", .milliseconds(1500)),
            Case("days", "7d", .seconds(604_800)),
            Case("weeks", "2w", .seconds(1_209_600)),
            Case("nothing at all needs no unit", "0", .zero),
            Case("a number alone", "10", nil),
            Case("a unit alone", "s", nil),
            Case("a unit that is none", "10 s", nil),
            Case("months are none", "3mo", nil),
            Case("the smaller unit first", "30m1h", nil),
            Case("one unit twice", "5s5s", nil),
            Case("negative", "-5s", nil),
            Case("a fraction", "1.5s", nil),
            Case("digits of another script", "١٠s", nil),
            Case("a number too long to count", "99999999999999999999s", nil),
            Case("empty", "", nil),
        ] as [Case<String, Duration?>])
    func durations(_ row: Case<String, Duration?>) {
        #expect(Duration(setting: row.input) == row.output)
        if let duration = row.output { #expect(Duration(setting: duration.settingText) == duration) }
    }

    @Test(
        "The nearest word is named where one is near",
        arguments: [
            Case("swapped letters", "prioirty", "priority"),
            Case("a letter too many", "ttll", "ttl"),
            Case("capitals", "TTL", "ttl"),
            Case("plural", "addresss", "address"),
            Case("something else entirely", "colour", nil),
            Case("short words are near to everything", "fd", nil),
        ] as [Case<String, String?>])
    func suggestions(_ row: Case<String, String?>) {
        let words = ["priority", "address", "addresses", "check", "ttl", "name", "fall", "rise"]
        #expect(NearestWord.nearest(to: row.input, among: words) == row.output)
    }

    @Test(
        "URLs are http or https, absolute, and without a user",
        arguments: [
            Case("plain", "http://example.org/", "http://example.org:80 /"),
            Case("without a path", "https://example.org", "https://example.org:443 /"),
            Case("a query without a path", "https://example.org?a=1", "https://example.org:443 /?a=1"),
            Case("a port", "https://example.org:8443/x?y", "https://example.org:8443 /x?y"),
            Case("capitals in the scheme", "HTTPS://example.org/", "https://example.org:443 /"),
            Case("an IPv6 address", "http://[2001:db8::1]:81/", "http://2001:db8::1:81 /"),
            Case("an IPv6 address without brackets", "http://2001:db8::1/", nil),
            Case("an address in another notation", "http://127.1/", nil),
            Case("a user", "http://user:secret@example.org/", nil),
            Case("a fragment", "http://example.org/#top", nil),
            Case("a space", "http://example.org/a b", nil),
            Case("another scheme", "ftp://example.org/", nil),
            Case("no host", "http:///path", nil),
            Case("port 0", "http://example.org:0/", nil),
            Case("port 65536", "http://example.org:65536/", nil),
            Case("a name alone", "example.org", nil),
            Case("a line break", "http://example.org/\r\nX: y", nil),
        ] as [Case<String, String?>])
    func urls(_ row: Case<String, String?>) {
        let url = HTTPURL(row.input)
        let parts = url.map { "\($0.isSecure ? "https" : "http")://\($0.host):\($0.port) \($0.target)" }
        #expect(parts == row.output)
    }

    @Test(
        "Numbers are digits and nothing else",
        arguments: [
            Case("digits", "100", 100), Case("zero", "0", 0), Case("negative", "-5", -5),
            Case("octal", "010", nil), Case("hexadecimal", "0x10", nil), Case("exponent", "1e3", nil),
            Case("plus", "+5", nil), Case("grouped", "1_000", nil), Case("empty", "", nil),
            Case("a sign alone", "-", nil),
            Case("too large", "99999999999999999999", nil),
        ] as [Case<String, Int?>])
    func integers(_ row: Case<String, Int?>) {
        #expect(SettingReader.integer(row.input) == row.output)
    }
}
