import DNSModel
import TestSupport
import Testing

@testable import Wire

@Suite("The gate before ldns")
struct PacketGateTests {
    typealias Row = Case<[UInt8], PacketDefect?>

    private static let query = HandMade.query
    private static func reply(_ records: [UInt8]...) -> [UInt8] { query.reply(answers: records) }
    private static func record(_ type: UInt16, _ data: [UInt8]) -> [UInt8] { FakeQuery.record(type: type, data: data) }

    static let messages: [Row] = [
        Row("no records", query.reply(), nil),
        Row("an A record", query.answer(), nil),
        Row("an empty message", [], .truncated),
        Row("half a header", Array(query.reply().prefix(7)), .truncated),
        Row("half a question", Array(query.reply().prefix(14)), .truncated),
        Row(
            "no question", HandMade.counted(query.reply(), questions: 0, answers: 0),
            .badCount("it has not one question")),
        Row(
            "two questions", HandMade.counted(query.reply(), questions: 2, answers: 0),
            .badCount("it has not one question")),
        Row("more records than there are", HandMade.counted(query.answer(), answers: 2), .truncated),
        Row("65,535 records in 33 octets", HandMade.counted(query.answer(), answers: 65_535), .truncated),
        Row("fewer records than there are", HandMade.counted(query.answer(), answers: 0), .trailingOctets),
        Row("an octet too many", query.answer() + [0], .trailingOctets),
        Row("an octet too few", query.answer().dropLast(), .truncated),
        Row(
            "a record of another class", reply(FakeQuery.record(type: 1, recordClass: 3, data: [1, 2, 3, 4])),
            .badRecordClass(3)),
        Row("a record of type 0", reply(record(0, [])), .badRecordType(0)),
        Row("a record of type ANY", reply(record(255, [])), .badRecordType(255)),
        Row("a TSIG", reply(FakeQuery.record(owner: [0], type: 250, recordClass: 255, data: [0])), .badRecordType(250)),
    ]

    static let names: [Row] = [
        Row("a pointer to the question", reply(record(2, [0xC0, 12])), nil),
        Row("a pointer to itself", reply(record(2, [0xC0, 31])), .badRecordData(2)),
        Row("a pointer forward", reply(record(2, [0xC0, 33, 0])), .badRecordData(2)),
        Row(
            "a pointer forward, to where a name stands", reply(record(2, [0xC0, 45]), record(2, [0])), .badRecordData(2)
        ),
        Row(
            "a pointer into the name it stands in, to where another would end",
            reply(record(2, [3, 1, 97, 0, 0xC0, 32])), .badRecordData(2)),
        Row("a pointer into the header", reply(record(2, [0xC0, 0])), .badRecordData(2)),
        Row("a pointer to the header's last octet, which is 0", reply(record(2, [0xC0, 11])), .badRecordData(2)),
        Row("two pointers in a circle", reply(record(2, [0xC0, 45]), record(2, [0xC0, 31])), .badRecordData(2)),
        Row("a name that leads back into itself", reply(record(2, [1, 97, 0xC0, 31])), .badRecordData(2)),
        Row(
            "an owner that is a pointer to itself",
            reply(FakeQuery.record(owner: [0xC0, 19], type: 1, data: [1, 2, 3, 4])), .badName),
        Row("an owner that is half a pointer", query.reply().dropLast(0) + [0xC0], .trailingOctets),
        Row("a label of the unused kinds", reply(record(2, [0x80, 1, 0])), .badRecordData(2)),
        Row("a name of 255 octets", reply(record(2, longName(3))), nil),
        Row("a name of 256 octets", reply(record(2, longName(4))), .badRecordData(2)),
        Row("a name that ends after the data", reply(record(2, [5, 97])), .badRecordData(2)),
        Row("a chain of 32 pointers", pointerChain(32), nil),
        Row("a chain of 33 pointers", pointerChain(33), .badRecordData(2)),
    ]

    static let data: [Row] = [
        Row("A with 3 octets", reply(record(1, [1, 2, 3])), .badRecordData(1)),
        Row("A without data", reply(record(1, [])), .badRecordData(1)),
        Row("A with 8 octets", reply(record(1, [1, 2, 3, 4, 5, 6, 7, 8])), .badRecordData(1)),
        Row(
            "A that hides another record", reply(record(1, [1, 2, 3, 4] + record(1, [5, 6, 7, 8]))), .badRecordData(1)),
        Row("AAAA with 4 octets", reply(record(28, [1, 2, 3, 4])), .badRecordData(28)),
        Row("NS with one octet and a longer name", reply(record(2, [1]) + [97, 0]), .badRecordData(2)),
        Row("NS and something after it", reply(record(2, [0, 0])), .badRecordData(2)),
        Row("MX without a name", reply(record(15, [0, 1])), .badRecordData(15)),
        Row(
            "SOA without its last number", reply(record(6, [0, 0] + [UInt8](repeating: 0, count: 16))),
            .badRecordData(6)),
        Row("TXT without a string", reply(record(16, [])), .badRecordData(16)),
        Row("TXT with an empty string", reply(record(16, [0])), nil),
        Row("TXT whose string is longer than the data", reply(record(16, [5, 97])), .badRecordData(16)),
        Row("NSEC with an empty window", reply(record(47, [0, 0, 0])), .badRecordData(47)),
        Row("NSEC with windows out of order", reply(record(47, [0, 1, 1, 64, 0, 1, 64])), .badRecordData(47)),
        Row("HTTPS with keys out of order", reply(record(65, [0, 1, 0, 0, 3, 0, 0, 0, 1, 0, 0])), .badRecordData(65)),
        Row("HTTPS with a value beyond its end", reply(record(65, [0, 1, 0, 0, 1, 0, 9, 104])), .badRecordData(65)),
        Row("APL with a prefix beyond its end", reply(record(42, [0, 1, 8, 9, 10])), .badRecordData(42)),
        Row("an unknown type with anything", reply(record(65_280, [1, 2, 3])), nil),
        Row("an unknown type with nothing", reply(record(65_280, [])), nil),
    ]

    static let options: [Row] = [
        Row("one OPT", query.reply(additional: [FakeQuery.opt()]), nil),
        Row("OPT with two options", query.reply(additional: [FakeQuery.opt([(3, [97]), (65_001, [])])]), nil),
        Row("two OPTs", query.reply(additional: [FakeQuery.opt(), FakeQuery.opt()]), .badOPT),
        Row("OPT as an answer", query.reply(answers: [FakeQuery.opt()]), .badOPT),
        Row("OPT with a name", query.reply(additional: [record(41, [])]), .badOPT),
        Row(
            "an option beyond the end",
            query.reply(additional: [FakeQuery.record(owner: [0], type: 41, data: [0, 3, 0, 9])]), .badOPT),
        Row(
            "half an option", query.reply(additional: [FakeQuery.record(owner: [0], type: 41, data: [0, 3])]), .badOPT),
    ]

    @Test("messages", arguments: messages) func message(row: Row) { check(row) }
    @Test("names", arguments: names) func name(row: Row) { check(row) }
    @Test("data of records", arguments: data) func recordData(row: Row) { check(row) }
    @Test("EDNS", arguments: options) func option(row: Row) { check(row) }

    private func check(_ row: Row) {
        var defect: PacketDefect?
        do throws(PacketDefect) {
            try PacketGate.check(row.input.span)
        } catch {
            defect = error
        }
        #expect(defect == row.output)
        // ldns reads whatever the gate lets through.
        if row.output == nil { #expect(throws: Never.self) { try HandMade.decode(row.input).get() } }
    }

    @Test("lets through what name servers really send", arguments: RecordedReply.all)
    func recorded(reply: RecordedReply) {
        #expect(throws: Never.self) { try PacketGate.check(reply.octets.span) }
    }

    /// Labels of 63, 62 or fewer octets that take 255 octets with a last label of 61 − 3 + `last`.
    private static func longName(_ last: Int) -> [UInt8] {
        let full = [63] + [UInt8](repeating: 97, count: 63)
        return full + full + full + [UInt8(58 + last)] + [UInt8](repeating: 98, count: 58 + last) + [0]
    }

    /// NS records each of whose names points to the one before; the last passes `count` pointers.
    private static func pointerChain(_ count: Int) -> [UInt8] {
        var target = 12
        var offset = 19
        var records: [[UInt8]] = []
        for _ in 0..<count {
            records.append(record(2, [0xC0 | UInt8(target >> 8), UInt8(target & 0xFF)]))
            target = offset + 12
            offset += 14
        }
        return query.reply(answers: records)
    }
}
