import Hummingbird

/// The pages.
struct PageRoutes: Sendable {
    let parts: WebParts

    func add(to router: Router<WebContext>) {
        router.get("/") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: "<!doctype html><title>dnsconverge</title>\n")))
        }
    }
}
