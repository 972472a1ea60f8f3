import DNSModel
import TestSupport
import Testing

@Suite("A chain of aliases is followed within one message")
struct CNAMEChainTests {
    typealias Row = Case<[Record], String>

    private static func alias(_ owner: String, _ target: String, type: RecordType = .cname) -> Record {
        Record(owner: name(owner), ttl: TTL(60), data: RecordData(type: type, name: name(target)))
    }

    static let rows: [Row] = [
        Row("no alias", [], "cat.example"),
        Row("one alias", [alias("cat.example", "a.example")], "cat.example a.example"),
        Row(
            "aliases in any order", [alias("a.example", "b.example"), alias("CAT.example", "a.example")],
            "cat.example a.example b.example"),
        Row("another name's alias", [alias("dog.example", "a.example")], "cat.example"),
        Row("a DNAME above the name", [alias("example", "other", type: .dname)], "cat.example cat.other"),
        Row("a DNAME at the name itself", [alias("cat.example", "other", type: .dname)], "cat.example"),
        Row(
            "a loop", [alias("cat.example", "a.example"), alias("a.example", "cat.example")],
            "cat.example a.example cat.example loop"),
        Row("an alias of itself", [alias("cat.example", "cat.example")], "cat.example cat.example loop"),
    ]

    @Test(arguments: rows)
    func chain(_ row: Row) {
        let chain = CNAMEChain(from: cat, in: row.input)
        let names = ["cat.example"] + chain.links.map(\.target.description)
        #expect((names + (chain.isLoop ? ["loop"] : [])).joined(separator: " ") == row.output)
        #expect(chain.end.description == names.last)
    }

    @Test("but only so far, since a message has room for thousands of aliases")
    func endless() {
        let records = (0..<3000).map { Self.alias($0 == 0 ? "cat.example" : "a\($0).example", "a\($0 + 1).example") }
        let chain = CNAMEChain(from: cat, in: records)
        #expect((100...1000).contains(chain.links.count))
        #expect(chain.end == chain.links.last?.target && !chain.isLoop)
    }
}
