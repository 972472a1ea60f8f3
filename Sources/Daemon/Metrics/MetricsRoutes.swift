import Hummingbird

/// `/metrics`.
struct MetricsRoutes: Sendable {
    let parts: WebParts

    func add(to router: Router<WebContext>) {}
}
