/// A message of 64 KB, made to cost as much as it can.
package struct HostileMessage: Sendable {
    /// What it is.
    package let sentence: String
    package let octets: [UInt8]

    private init(_ sentence: String, _ octets: [UInt8]) {
        self.sentence = sentence
        self.octets = octets
    }

    /// One record.
    private init(_ sentence: String, _ type: UInt16, _ data: [UInt8]) {
        self.init(sentence, HandMade.query.reply(answers: [FakeQuery.record(owner: [0], type: type, data: data)]))
    }

    /// As many equal records as fit, after a first one.
    private init(
        _ sentence: String, many type: UInt16, _ data: [UInt8], owner: [UInt8] = [0], after first: [UInt8] = []
    ) {
        let record = FakeQuery.record(owner: owner, type: type, data: data)
        let room = 65_535 - HandMade.query.reply().count - first.count
        let records = Array(repeating: record, count: room / record.count)
        self.init(sentence, HandMade.query.reply(answers: (first.isEmpty ? [] : [first]) + records))
    }

    package static let all: [HostileMessage] =
        single + many + [
            HostileMessage(
                "EDNS with empty options",
                HandMade.query.reply(additional: [FakeQuery.opt(Array(repeating: (65_001, []), count: 16_000))])),
            HostileMessage("a chain of aliases", HandMade.query.reply(answers: chain)),
            HostileMessage("aliases by DNAME", HandMade.query.reply(answers: wholeTrees)),
        ]

    /// 3600 CNAMEs, each of which leads to the next.
    private static let chain: [[UInt8]] = (0..<3600).map { number in
        let owner: [UInt8] = number == 0 ? [0xC0, 12] : name(number)
        return FakeQuery.record(owner: owner, type: 5, data: name(number + 1))
    }

    /// CNAMEs into as many trees, each of which is an alias of another.
    private static let wholeTrees: [[UInt8]] = (0..<1700).flatMap { number in
        let owner: [UInt8] = number == 0 ? [0xC0, 12] : [1, 97] + name(2 * number + 1)
        return [
            FakeQuery.record(owner: owner, type: 5, data: [1, 97] + name(2 * number + 2)),
            FakeQuery.record(owner: name(2 * number + 2), type: 39, data: name(2 * number + 3)),
        ]
    }

    private static func name(_ number: Int) -> [UInt8] { [2, 128 + UInt8(number >> 6), 128 + UInt8(number & 63), 0] }

    private static func zeros(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }
    private static func ones(_ count: Int) -> [UInt8] { Array(repeating: 255, count: count) }

    /// All 65,280 types of the first 255 windows.
    private static let bitmap: [UInt8] = (0..<255).flatMap { [UInt8($0), 32] + ones(32) }

    private static let single: [HostileMessage] = [
        HostileMessage("one TXT of empty strings", 16, zeros(65_000)),
        HostileMessage("one TXT of 240 full strings", 16, ones(256 * 240)),
        HostileMessage("one WKS with all ports", 11, [127, 0, 0, 1, 6] + ones(57_000)),
        HostileMessage("one RRSIG", 46, zeros(65_000)),
        HostileMessage("one NSEC with all windows", 47, [0] + bitmap),
        HostileMessage(
            "one HTTPS with many keys", 65,
            [0, 1, 0] + (7..<16_000).flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF), 0, 0] }),
        HostileMessage(
            "one APL of many prefixes", 42, Array(repeatElement([0, 1, 0, 0] as [UInt8], count: 16_000).joined())),
        HostileMessage("one record of an unknown type", 65_280, ones(65_000)),
    ]

    /// 127 labels of one octet that no text shows as itself, in a record that others point to.
    private static let longName = Array(repeatElement([1, 0] as [UInt8], count: 127).joined()) + [0]
    private static let longRecord = FakeQuery.record(type: 2, data: longName)
    private static let pointer: [UInt8] = [0xC0, 19 + 12]

    private static let many: [HostileMessage] = [
        HostileMessage("TXT of ten empty strings each", many: 16, zeros(10)),
        HostileMessage("A records", many: 1, [192, 0, 2, 1], owner: [0xC0, 12]),
        HostileMessage("AAAA records", many: 28, ones(16), owner: [0xC0, 12]),
        HostileMessage("records without data", many: 65_280, []),
        HostileMessage("small NS", many: 2, [0]),
        HostileMessage("small MX", many: 15, zeros(3)),
        HostileMessage("small SOA", many: 6, zeros(22)),
        HostileMessage("small NAPTR", many: 35, zeros(8)),
        HostileMessage("small RRSIG", many: 46, zeros(19)),
        HostileMessage("small NSEC3", many: 50, zeros(6)),
        HostileMessage("NSEC with all windows", many: 47, [0] + bitmap),
        HostileMessage("small LOC", many: 29, zeros(16)),
        HostileMessage("small CAA", many: 257, zeros(2)),
        HostileMessage("NS with long names", many: 2, pointer, owner: pointer, after: longRecord),
        HostileMessage(
            "SOA with long names", many: 6, pointer + pointer + ones(20), owner: pointer, after: longRecord),
    ]
}
