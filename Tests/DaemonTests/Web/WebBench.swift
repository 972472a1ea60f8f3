import DNSModel
import Failover
import Logging
import TestSupport
import Wire

@testable import Daemon

/// A daemon's web server on loopback over an engine with one scheme.
struct WebBench: Sendable {
    let engine: EngineBench
    let parts: WebParts
    let keeper: AccessKeeper
    let port: UInt16
    let client = HTTPClient()

    var url: String { "http://127.0.0.1:\(port)" }

    /// Serves while `body` runs.
    static func run(
        token: String? = nil, hosts: [String] = [], limits: ConnectionLimits = ConnectionLimits(all: 64, perClient: 64),
        _ body: (WebBench) async throws -> Void
    ) async throws {
        let keeper = AccessKeeper(token: token.map { Secret($0) })
        let hub = EventHub()
        let engine = try await EngineBench(hub: hub)
        let desk = EngineDesk(engine: engine.engine, journal: engine.journal, version: "test", observesOnly: false)
        let parts = WebParts(desk: desk, registry: nil, hub: hub, keeper: keeper)
        let (ports, port) = AsyncStream.makeStream(of: UInt16.self)
        guard let loopback = IPAddress("127.0.0.1") else { return }
        let settings = WebSettings(listen: .network(loopback, port: 0), hosts: hosts, hasToken: token != nil)
        let server = WebServer(parts, settings: settings, logger: Logger(label: "test"), limits: limits) {
            port.yield($0 ?? 0)
        }
        try await engine.run {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run() }
                group.addTask { await hub.run { await desk.snapshot(of: $0) } }
                for await port in ports {
                    try await body(WebBench(engine: engine, parts: parts, keeper: keeper, port: port))
                    break
                }
                group.cancelAll()
            }
        }
    }

    func get(_ path: String, _ headers: [String: String] = [:]) async throws -> HTTPResponse {
        try await send(.get, path, headers)
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, _ headers: [String: String] = [:], body: String? = nil
    ) async throws -> HTTPResponse {
        var request = HTTPRequest(method, url + path, body: body.map { Array($0.utf8) })
        request.headers = headers.map { HTTPHeader($0.key, $0.value) }
        request.usesProxy = false
        return try await client.send(request)
    }
}
