import Hummingbird

/// `/healthz`: whether the process answers at all.
struct HealthRoutes: Sendable {
    let parts: WebParts

    func add(to router: Router<WebContext>) {
        router.get("/healthz") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: "ok\n")))
        }
    }
}
