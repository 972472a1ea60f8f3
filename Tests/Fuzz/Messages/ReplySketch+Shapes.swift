import DNSModel

extension ReplySketch {
    private static let soa = "zoo.test. 60 IN SOA ns1.zoo.test. host.zoo.test. 2026112101 7200 3600 1209600 60"
    private static let fromCache: Response.Flags = [.response, .recursionDesired, .recursionAvailable]

    /// Replies of the kinds that verdicts depend on.
    static let shapes: [ReplySketch] = answers + absences + errors + delegations + signed + optional + large

    private static let answers: [ReplySketch] = [
        ReplySketch(
            question: "cat.zoo.test A", answer: ["cat.zoo.test. 300 IN A 192.0.2.1"],
            authority: ["zoo.test. 300 IN NS ns1.zoo.test.", "zoo.test. 300 IN NS ns2.zoo.test."],
            additional: ["ns1.zoo.test. 300 IN A 192.0.2.53", "ns2.zoo.test. 300 IN AAAA 2001:db8::53"]),
        ReplySketch(
            question: "cat.zoo.test A", flags: fromCache, answer: ["cat.zoo.test. 17 IN A 192.0.2.2"], options: nil),
        ReplySketch(
            question: "www.zoo.test A", flags: fromCache,
            answer: [
                "www.zoo.test. 300 IN CNAME web.zoo.test.", "web.zoo.test. 60 IN CNAME edge.cdn.test.",
                "edge.cdn.test. 20 IN A 192.0.2.10", "edge.cdn.test. 20 IN A 192.0.2.11",
            ]),
        ReplySketch(
            question: "loop.zoo.test A",
            answer: ["loop.zoo.test. 5 IN CNAME back.zoo.test.", "back.zoo.test. 5 IN CNAME loop.zoo.test."]),
        ReplySketch(question: "out.zoo.test AAAA", answer: ["out.zoo.test. 300 IN CNAME elsewhere.test."]),
        ReplySketch(
            question: "a.b.old.zoo.test A",
            answer: [
                "old.zoo.test. 300 IN DNAME new.zoo.test.", "a.b.old.zoo.test. 0 IN CNAME a.b.new.zoo.test.",
                "a.b.new.zoo.test. 300 IN A 192.0.2.7",
            ]),
        ReplySketch(
            question: "grow.zoo.test A", answer: ["zoo.test. 300 IN DNAME x.x.x.x.zoo.test."]),
        ReplySketch(
            question: "id.server TXT CH", answer: ["id.server. 0 CH TXT \"fra1.resolver.test\""]),
        ReplySketch(question: ". NS", answer: [". 518400 IN NS a.root.test.", ". 518400 IN NS b.root.test."]),
    ]

    private static let absences: [ReplySketch] = [
        ReplySketch(question: "nothing.zoo.test A", rcode: 3, authority: [soa]),
        ReplySketch(question: "cat.zoo.test MX", authority: [soa]),
        ReplySketch(question: "nothing.zoo.test A", flags: fromCache, rcode: 3),
        ReplySketch(
            question: "www.zoo.test TXT", rcode: 3, answer: ["www.zoo.test. 300 IN CNAME gone.zoo.test."],
            authority: [soa]),
    ]

    private static let errors: [ReplySketch] = [
        ReplySketch(question: "cat.zoo.test A", flags: [.response, .authoritative, .truncated]),
        ReplySketch(
            question: "cat.zoo.test A", flags: fromCache, rcode: 2,
            options: [(15, [0, 22] + Array("at zoo.test".utf8))]),
        ReplySketch(
            question: "cat.zoo.test A", flags: fromCache, rcode: 3,
            options: [(15, [0, 15]), (15, [0, 17, 110, 111, 0])]),
        ReplySketch(question: "cat.zoo.test A", flags: [.response], rcode: 5, options: nil),
        ReplySketch(question: "cat.zoo.test A", flags: [.response], rcode: 1, options: nil),
        ReplySketch(question: "cat.zoo.test A", flags: [.response], rcode: 4, options: nil),
        ReplySketch(question: "cat.zoo.test A", flags: [.response], rcode: 16),
    ]

    private static let delegations: [ReplySketch] = [
        ReplySketch(
            question: "cat.sub.zoo.test A", flags: [.response],
            authority: ["sub.zoo.test. 300 IN NS ns.sub.zoo.test.", "sub.zoo.test. 300 IN NS ns.elsewhere.test."],
            additional: ["ns.sub.zoo.test. 300 IN A 192.0.2.54", "ns.sub.zoo.test. 300 IN AAAA 2001:db8::54"]),
        ReplySketch(
            question: "cat.zoo.test A", flags: [.response], authority: [". 518400 IN NS a.root.test."],
            additional: ["a.root.test. 518400 IN A 198.51.100.1"]),
    ]

    private static let signature =
        "20261231000000 20261101000000 12345 zoo.test. AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

    private static let signed: [ReplySketch] = [
        ReplySketch(
            question: "cat.zoo.test A",
            answer: ["cat.zoo.test. 300 IN A 192.0.2.1", "cat.zoo.test. 300 IN RRSIG A 13 3 300 \(signature)"]),
        ReplySketch(
            question: "nothing.zoo.test A", rcode: 3,
            authority: [
                soa, "zoo.test. 60 IN RRSIG SOA 13 2 60 \(signature)",
                "zoo.test. 60 IN NSEC cat.zoo.test. NS SOA RRSIG NSEC DNSKEY",
                "2vptu5timamqttgl4luu9kg21e0aor3s.zoo.test. 60 IN NSEC3 1 1 12 aabbccdd "
                    + "35mthgpgcu1qg68fab165klnsnk3dpvl MX RRSIG",
            ]),
    ]

    private static let optional: [ReplySketch] = [
        ReplySketch(
            question: "cat.zoo.test A", answer: ["cat.zoo.test. 300 IN A 192.0.2.1"],
            options: [
                (3, Array("ns1.fra".utf8)), (8, [0, 1, 24, 20, 198, 51, 100]), (15, [0, 3] + Array("stale".utf8)),
                (19, [2, 0, 0x78, 0xC3, 0x5F, 0x95]), (10, Array(0...15)), (12, [0, 0, 0]), (65_001, [1, 2, 3]),
            ]),
        ReplySketch(
            question: "cat.zoo.test AAAA", answer: ["cat.zoo.test. 300 IN AAAA 2001:db8::2"],
            options: [
                (8, [0, 2, 56, 48, 0x20, 1, 0xD, 0xB8, 0, 0, 0]), (19, [2, 1, 0]), (3, [0x1B, 0x5B, 0x33, 0x31, 0x6D]),
            ]),
    ]

    private static let large: [ReplySketch] = [
        ReplySketch(
            question: "many.zoo.test A", flags: fromCache,
            answer: (0..<200).map { "many.zoo.test. 300 IN A 198.51.100.\($0)" }),
        ReplySketch(
            question: "long.zoo.test TXT",
            answer: [
                "long.zoo.test. 300 IN TXT "
                    + Array(repeating: "\"\(String(repeating: "a", count: 255))\"", count: 16).joined(separator: " ")
            ]),
        ReplySketch(
            question: "chain0.zoo.test A",
            answer: (0..<20).map { "chain\($0).zoo.test. 300 IN CNAME chain\($0 + 1).zoo.test." }
                + ["chain20.zoo.test. 300 IN A 192.0.2.1"]),
        ReplySketch(
            question: "zoo.test NS",
            answer: (0..<30).map { "zoo.test. 300 IN NS ns\($0).zoo.test." },
            additional: (0..<30).map { "ns\($0).zoo.test. 300 IN A 192.0.2.\($0)" }),
    ]
}
