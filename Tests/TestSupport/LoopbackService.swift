import DNSModel
import FoundationEssentials
import Wire

/// A DNS provider's interface on loopback (`Tests/Loopback/serve`), a process of its own that ends with this.
package final class LoopbackService: Sendable {
    package let url: String
    private let process: ChildProcess
    private let directory: TemporaryDirectory
    private let client = HTTPClient()

    package static var isInstalled: Bool { ChildProcess.path(of: "python3") != nil }

    /// `settings` are the service's, as its description says; `records` are there when it starts.
    /// `options` are those of its command line besides.
    package init(
        _ kind: String, settings: [(key: String, value: JSONText)] = [], records: [LoopbackRecord] = [],
        options: [String] = []
    ) throws {
        guard let python = Self.python else { throw MissingProgram("python3") }
        directory = try TemporaryDirectory()
        let all =
            settings + [
                ("records", .list(records.map(\.json))), ("directory", .string(directory.path)),
            ]
        let arguments = [Self.program, kind, "--settings", JSONText.object(all).text, "--log", directory.path + "/log"]
        process = try ChildProcess(python, arguments + options)
        guard let line = process.readLine(), line.hasPrefix("listening on ") else {
            throw MissingProgram("Tests/Loopback/serve \(kind) that starts: \(process.readAll())")
        }
        url = String(line.dropFirst("listening on ".count))
    }

    /// Debian's own, which finds Debian's modules, before any other.
    package static var python: String? {
        let debian = "/usr/bin/python3"
        return FileManager.default.isExecutableFile(atPath: debian) ? debian : ChildProcess.path(of: "python3")
    }

    /// Whether Debian's Python has a module.
    package static func hasModule(_ name: String) -> Bool {
        guard let python, let process = try? ChildProcess(python, ["-c", "import \(name)"]) else { return false }
        return process.exitCode() == 0
    }

    private static var program: String {
        let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        return "/\(tests)/Loopback/serve"
    }

    /// Gives an order; what the service then has, and how often it was asked.
    @discardableResult
    package func control(_ order: [(key: String, value: JSONText)] = []) async throws -> JSONNode {
        var request = HTTPRequest(order.isEmpty ? .get : .post, url + "/_control")
        if !order.isEmpty { request.body = Array(JSONText.object(order).text.utf8) }
        return try JSONNode(parsing: try await client.send(request).body)
    }

    /// Replaces RRsets, as somebody else would.
    package func put(_ records: LoopbackRecord...) async throws {
        try await control([("records", .list(records.map(\.json)))])
    }

    /// Replaces RRsets just before the next request that is to change something is acted upon.
    package func putBeforeWrite(_ records: LoopbackRecord...) async throws {
        try await control([("rivals", .list(records.map(\.json)))])
    }

    /// Has the next requests go wrong.
    package func fail(_ fault: [(key: String, value: JSONText)]) async throws {
        try await control([("faults", .list([.object(fault)]))])
    }

    /// Lets nothing go wrong any more.
    package func heal() async throws { try await control([("faults", .list([]))]) }

    /// What was asked so far: a JSON object for each request.
    package var log: [JSONNode] {
        guard let text = try? String(contentsOf: URL(filePath: directory.path + "/log"), encoding: .utf8) else {
            return []
        }
        return text.split(separator: "\n").compactMap { try? JSONNode(parsing: $0.utf8) }
    }
}

/// An RRset of a loopback service.
package struct LoopbackRecord: Sendable {
    package let name: String
    package let type: String
    package let ttl: Int
    package let values: [String]

    package init(_ name: String, _ type: String, _ values: [String], ttl: Int = 300) {
        (self.name, self.type, self.values, self.ttl) = (name, type, values, ttl)
    }

    var json: JSONText {
        .object([
            ("name", .string(name)), ("type", .string(type)), ("ttl", .number(ttl)),
            ("values", .list(values.map { .string($0) })),
        ])
    }
}
