import DNSModel
import TestSupport
import Testing

@testable import Wire

@Suite("A reply is decoded into values")
struct DecodingTests {
    @Test(
        "with the text of its data",
        arguments: [
            ("a", "A", ["192.0.2.1", "192.0.2.2"]),
            ("aaaa", "AAAA", ["2001:db8::1"]),
            ("mx", "MX", ["10 mail.zoo.test.", "20 mail2.zoo.test."]),
            (
                "txt", "TXT",
                [
                    #""two" "strings" "with \"quotes\" and \\ and \007""#,
                    #""v=spf1 include:_spf.example -all""#,
                ]
            ),
            ("cname", "CNAME", ["a.zoo.test"]),
            ("dname", "DNAME", ["target.test"]),
            ("ptr", "PTR", ["host.zoo.test"]),
            ("srv", "SRV", ["0 5 5060 sip.zoo.test."]),
            ("caa", "CAA", [#"0 issue "letsencrypt.org""#]),
            ("https", "HTTPS", ["1 . alpn=h2,h3 ipv4hint=192.0.2.1 ipv6hint=2001:db8::1"]),
            ("svcb", "SVCB", ["0 other.zoo.test."]),
            ("naptr", "NAPTR", [#"100 10 "U" "E2U+sip" "!^.*$!sip:info@example.com!" ."#]),
            ("unknown", "TYPE65280", ["\\# 4 0A000001"]),
            ("sshfp", "SSHFP", ["1 1 123456789abcdef67890123456789abcdef67890"]),
            ("eui", "EUI48", ["00-00-5e-00-53-2a"]),
            ("csync", "CSYNC", ["2026112101 3 A NS AAAA"]),
        ])
    func text(name: String, type: String, texts: [String]) throws {
        for server in ["nsd", "knot"] {
            let reply = try RecordedReply.first(server, name + ".zoo.test", type)
            let answer = try reply.decode().answer
            #expect(answer.map(\.data.text).sorted() == texts)
            #expect(answer.allSatisfy { $0.owner == reply.question.name && $0.ttl == TTL(300) })
        }
    }

    @Test(
        "so that two makes of servers say the same of one zone",
        arguments: RecordedReply.all.filter { $0.server == "nsd" && $0.question.type != .soa })
    func agreement(nsd: RecordedReply) throws {
        let question = nsd.question
        let knot = try RecordedReply.first("knot", question.name.description, question.type.description)
        let (one, other) = (try nsd.decode(), try knot.decode())
        #expect(one.rcode == other.rcode)
        #expect(Set(one.answer) == Set(other.answer))
        // What they are called apart, every value reads back from its own text.
        for record in one.answer + one.authority + one.additional {
            #expect(try RecordData(parsing: record.data.text, type: record.type) == record.data)
        }
    }

    @Test("with flags, code, sections and EDNS")
    func sections() throws {
        let nothing = try RecordedReply.first("nsd", "nothing.zoo.test", "A").decode()
        #expect(nothing.rcode == .nxDomain)
        #expect(nothing.flags.names == ["qr", "aa"])
        #expect(nothing.answer.isEmpty)
        #expect(nothing.negativeTTL == TTL(60))
        #expect(nothing.edns?.nsid == Array("nsd-1".utf8))
        let referral = try RecordedReply.first("nsd", "x.sub.zoo.test", "A").decode().referral
        #expect(referral?.cut.description == "sub.zoo.test")
        #expect(referral?.nameservers.map(\.description) == ["ns.sub.zoo.test", "elsewhere.test"])
        let signed = try RecordedReply.first("knot+do", "a.zoo.test", "A").decode()
        #expect(signed.answer.map(\.type.description) == ["A", "A", "RRSIG"])
        #expect(signed.edns?.dnssecOK == true)
    }

    @Test("and finds the chain from an alias to its data")
    func chains() throws {
        for (name, target) in [("cname", "a.zoo.test"), ("x.dname", "x.target.test")] {
            let reply = try RecordedReply.first("nsd", name + ".zoo.test", "A")
            let chain = CNAMEChain(from: reply.question, in: try reply.decode().answer)
            #expect(chain.end == (try DomainName(target)))
        }
    }

    @Test("with the options of EDNS, as far as they are well-formed")
    func options() throws {
        let options: [(UInt16, [UInt8])] = [
            (3, Array("fra1".utf8)), (8, [0, 1, 24, 20, 198, 51, 100]), (15, [0, 22] + Array("at delegation".utf8)),
            (15, [0, 3, 97, 0]), (15, [9]), (19, [2, 0, 0x78, 0xC3, 0, 1]), (19, [2, 1, 0]), (8, [0, 7, 1, 1]),
            (65_001, [1, 2, 3]),
        ]
        let message = HandMade.query.reply(additional: [FakeQuery.opt(extendedCode: 1, options)])
        let response = try HandMade.decode(message).get()
        let edns = try #require(response.edns)
        #expect(response.rcode == .badVers, "the code is extended")
        #expect(edns.nsid == Array("fra1".utf8))
        #expect(edns.clientSubnet?.source == IPPrefix("198.51.100.0/24"))
        #expect(edns.clientSubnet?.scopeLength == 20)
        #expect(
            edns.extendedErrors == [ExtendedError(code: 22, text: "at delegation"), ExtendedError(code: 3, text: "a")])
        #expect(edns.zoneVersion == ZoneVersion(labelCount: 2, serial: SOASerial(0x78C3_0001)))
    }

    @Test("in which names compare without case where they may, and keep their spelling in text")
    func folding() throws {
        let upper: [UInt8] = [0, 10, 4, 77, 65, 73, 76, 0]
        let lower: [UInt8] = [0, 10, 4, 109, 97, 105, 108, 0]
        func data(_ type: UInt16, _ octets: [UInt8]) throws -> RecordData {
            let message = HandMade.query.reply(answers: [FakeQuery.record(type: type, data: octets)])
            return try #require(try HandMade.decode(message).get().answer.first).data
        }
        #expect(try data(15, upper) == data(15, lower))
        #expect(try data(15, upper).text == "10 MAIL.")
        #expect(try data(65, upper) == data(65, lower))
        // An unknown type's data may be anything (RFC 3597 §6).
        #expect(try data(65_280, upper) != data(65_280, lower))
    }
}
