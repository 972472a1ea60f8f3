import DNSModel
import Failover
import Hummingbird

/// A response that goes on as long as both ends want.
struct EventStream: Sendable {
    let hub: EventHub
    let connections: ConnectionTable?

    /// Tells of one scheme, or of all: how they are now, and then what changes.
    func response(
        to request: Request, _ context: WebContext, _ format: UpdateFormat, of scheme: SchemeName?,
        now: [SchemeSnapshot]
    ) async throws -> Response {
        guard request.method == .get else { return Response(status: .ok, headers: Self.headers) }
        guard let listener = await hub.subscribe(format, to: scheme) else {
            throw Problem(.serviceUnavailable, "too many listen already: ask again later", headers: [.retryAfter: "30"])
        }
        connections?.keep(context.channel)
        let hub = hub
        let body = ResponseBody { writer in
            var writer = writer
            do {
                try await request.body.consumeWithInboundCloseHandler { _ in
                    for snapshot in now {
                        if let event = await format.encode(.changed(snapshot)) { try await writer.write(event) }
                    }
                    while let event = await hub.next(for: listener) { try await writer.write(event) }
                } onInboundClosed: {
                    Task { await hub.unsubscribe(listener) }
                }
            } catch {
                await hub.unsubscribe(listener)
                throw error
            }
            await hub.unsubscribe(listener)
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: Self.headers, body: body)
    }

    // Proxies must not collect what is meant for now.
    private static let headers: HTTPFields = [
        .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store",
    ]
}
