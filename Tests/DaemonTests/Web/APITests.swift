import DNSModel
import Failover
import FoundationEssentials
import TestSupport
import Testing
import Wire

@testable import Daemon

@Suite("The API tells what there is, and its document tells of the API", .timeLimit(.minutes(2)))
struct APITests {
    @Test("every path of the API is in the document, and every path of the document is there")
    func document() async throws {
        let document = try JSONNode(parsing: PackageResources.openapi_json)
        let engine = try await EngineBench()
        let desk = EngineDesk(engine: engine.engine, journal: engine.journal, version: "", observesOnly: false)
        let parts = WebParts(desk: desk, registry: nil, hub: EventHub(), keeper: AccessKeeper(token: nil))
        let served = WebRouter(parts: parts).control().methods.all
        var documented: Set<String> = []
        for path in document.members("paths") {
            for method in path.node.members where method.key != "parameters" {
                documented.insert("\(method.key.uppercased()) \(path.key)")
            }
        }
        #expect(served == documented)
    }

    @Test("the history can be read page by page, and nothing comes twice or not at all")
    func paging() async throws {
        try await WebBench.run { web in
            let now = Date()
            // Many at one time, as an engine notes them.
            for number in 0..<25 {
                let at = now.addingTimeInterval(Double(number / 7))
                await web.engine.journal.note(JournalRecord(at: at, scheme: nil, .act(who: "test", what: "\(number)")))
            }
            var (texts, before) = ([String](), "")
            for _ in 0..<9 {
                let answer = try await web.get("/api/v1/history?kinds=act&limit=4\(before)")
                let page = try ControlJSON.decode(HistoryPage.self, from: answer.body)
                texts += page.entries.map(\.text)
                guard let next = page.next else { break }
                before = "&before=\(next)"
            }
            #expect(texts == (0..<25).reversed().map(String.init))
            let (limit, kind) = (
                try await web.get("/api/v1/history?limit=0").status, try await web.get("/api/v1/history?kinds=x").status
            )
            #expect(limit == 400 && kind == 400)
        }
    }

    @Test("changes come with how they arrived, and times with their fractions")
    func changes() async throws {
        try await WebBench.run { web in
            await web.engine.report(["charlie": .ok, "echo": .ok, "bravo": .ok])
            _ = await web.engine.watch.nextSpread()
            let answer = try await web.get("/api/v1/schemes/cat/changes")
            let page = try ControlJSON.decode(ChangePage.self, from: answer.body)
            #expect(page.changes.first?.rrsets.first?.new == ["192.0.2.1"])
            #expect(answer.text.firstMatch(of: /"decided_at":"[0-9T:-]+\.[0-9]{3}Z"/) != nil)
            let unknown = try await web.get("/api/v1/schemes/dog/changes")
            #expect(unknown.status == 404)
        }
    }

    @Test("orders that say too little are refused, and so are bodies that are none")
    func orders() async throws {
        try await WebBench.run { web in
            let rows: [(body: String, type: String, status: Int)] = [
                (#"{"action": "pin"}"#, "application/json", 422), (#"{"action": "dance"}"#, "application/json", 422),
                ("{", "application/json", 400), (#"{"action": "push"}"#, "text/plain", 415),
                (#"{"action": "pin", "server": "dog"}"#, "application/json", 409),
                (#"{"action": "freeze", "why": "x"}"#, "application/json", 204),
                (String(repeating: " ", count: 70_000), "application/json", 413),
            ]
            for row in rows {
                let answer = try await web.send(
                    .post, "/api/v1/schemes/cat/orders", ["Content-Type": row.type], body: row.body)
                #expect(answer.status == row.status, "\(row.body.prefix(40))")
            }
            let text = try await web.get("/api/v1/history?kinds=order").text
            #expect(text.contains(#""who":"local""#))
        }
    }
}

extension JSONNode {
    fileprivate var members: [Member] { if case .object(let members) = value { members } else { [] } }

    fileprivate func members(_ key: String) -> [Member] { members.first { $0.key == key }?.node.members ?? [] }
}
