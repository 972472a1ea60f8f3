import FoundationEssentials
import Hummingbird
import NIOCore

/// `/metrics` for Prometheus.
struct MetricsRoutes: Sendable {
    let desk: MetricsDesk

    func add(to router: Router<WebContext>) {
        router.get("/metrics") { request, _ in
            let format = MetricsText.Format(accept: request.headers[.accept])
            let text = MetricsText(await desk.reading().families, format).text
            return Response(
                status: .ok, headers: [.contentType: format.contentType, .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
        }
    }
}
