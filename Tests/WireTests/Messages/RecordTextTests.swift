import DNSModel
import TestSupport
import Testing

@testable import Wire

@Suite("Record data are read from text")
struct RecordTextTests {
    @Test(
        "in every way that means the same",
        arguments: [
            ("A", "192.0.2.1", "\\# 4 C0000201"), ("AAAA", "2001:DB8::1", "2001:db8:0:0::1"),
            ("MX", "10 mail.example", "10  MAIL.example."), ("CNAME", "bücher.example", "xn--bcher-kva.example."),
            ("NS", " ns1.example ", "ns1.example."), ("TXT", "v=spf1 -all", #""v=spf1 -all""#),
            ("TXT", #"say "hi""#, #""say \"hi\"""#), ("TXT", #"a\032b\;"#, #""a b;""#), ("TXT", "é", #""\195\169""#),
            ("TXT", "ends with \\", #""ends with \\""#),
            ("SRV", "0 5 5060 Sip.Example", "0 5 5060 sip.example."), ("TYPE15", "10 mail.example", "10 mail.example"),
            ("HTTPS", "1 . alpn=h2", "1 . alpn=\"h2\""), ("TYPE65280", "\\# 2 0aFF", "\\# 2 0A FF"),
            ("SOA", "ns.e. h.e. 1 2 3 4 5", "NS.e. h.E. 1 2 3 4 5"),
        ])
    func equal(type: String, one: String, other: String) throws {
        let type = try #require(RecordType(type))
        #expect(try RecordData(parsing: one, type: type) == RecordData(parsing: other, type: type))
    }

    @Test("and from the text of a record, whatever an ALPN identifier has in it", arguments: ["28", "29", "3B"])
    func serviceParameter(octet: String) throws {
        let data = try RecordData(parsing: "\\# 10 0001000001000302\(octet)33", type: .https)
        #expect(try RecordData(parsing: data.text, type: .https) == data)
    }

    @Test("a long TXT is cut where a string is full")
    func longTXT() throws {
        let text = String(repeating: "x", count: 300)
        let data = try RecordData(parsing: text, type: .txt)
        #expect(data.octets.count == 302)
        #expect(data.octets[0] == 255 && data.octets[256] == 45)
    }

    @Test("however a TXT is cut, its text compares equal once joined")
    func joining() throws {
        let cut = try RecordData(parsing: #""v=DKIM1; " "p=abc""#, type: .txt)
        let whole = try RecordData(parsing: "v=DKIM1; p=abc", type: .txt)
        #expect(cut != whole)
        #expect(cut.joiningStrings == whole.joiningStrings)
        #expect(cut.joiningStrings.text == cut.text)
        let empty = try RecordData(parsing: #""""#, type: .txt)
        #expect(empty.joiningStrings == empty)
        let mx = try RecordData(parsing: "10 mail.example", type: .mx)
        #expect(mx.joiningStrings == mx)
    }

    @Test(
        "or refused with the reason",
        arguments: [
            ("A", "192.0.2", "expected an IPv4 address"), ("A", "2001:db8::1", "expected an IPv4 address"),
            ("AAAA", "192.0.2.1", "expected an IPv6 address"), ("A", "", "it is empty"), ("A", "   ", "it is empty"),
            ("CNAME", "a..b", "the name has an empty label"), ("TXT", "two\nlines", "it has control characters"),
            ("A", "\\# 3 C00002", "the octets do not fit"), ("A", "\\# 4 C0", "the octets do not fit"),
            ("ANY", "x", "no record has this type"), ("OPT", "\\# 0", "no record has this type"),
        ])
    func refused(type: String, text: String, reason: String) throws {
        let type = try #require(RecordType(type))
        let error = try #require(throws: RecordTextError.self) { try RecordData(parsing: text, type: type) }
        #expect(error.reason.hasPrefix(reason))
        #expect(error.description.contains("\(type)"))
    }

    @Test(
        "also when ldns has to find the fault",
        arguments: [
            ("MX", "mail.example"), ("MX", "10"), ("MX", "ten mail.example"), ("SRV", "0 5 sip.example"), ("CAA", "0"),
            ("SOA", "ns.e. h.e. 1 2 3 4"), ("DS", "1 2 3 zz"), ("TYPE65280", "0A000001"), ("MX", "10 a..b"),
            ("TXT", #""no end"#), ("TXT", #""no end\""#), ("CAA", #"0 issue "no end"#), ("NAPTR", "1 2 3"),
            ("MX", "10 mail.example extra"),
        ])
    func refusedByLDNS(type: String, text: String) throws {
        let type = try #require(RecordType(type))
        #expect(throws: RecordTextError.self) { try RecordData(parsing: text, type: type) }
    }
}
