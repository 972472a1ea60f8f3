import Hummingbird

/// All that can be asked, in the order in which a request goes through it.
struct WebRouter {
    let parts: WebParts

    /// For the socket of commands: the API, for somebody whom the file system has let in.
    func control() -> Entrance {
        let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: Authentication(keeper: parts.keeper, cookieName: "", isLocal: false, connections: nil))
        APIRoutes(parts: parts).add(to: router)
        return entrance(router, .control, nil)
    }

    /// For `listen`: the API and the pages.
    func network(_ settings: WebSettings, connections: ConnectionTable) -> Entrance {
        let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
        let login = LoginRoutes(keeper: parts.keeper, cookieName: settings.cookieName)
        router.add(middleware: HostCheck(rules: settings.hosts))
        router.add(middleware: OriginCheck())
        router.add(
            middleware: Authentication(
                keeper: parts.keeper, cookieName: settings.cookieName, isLocal: settings.isLocal,
                connections: connections))
        router.add(middleware: RequestLimit(budget: RequestBudget()))
        router.add(middleware: AccessRule())
        APIRoutes(parts: parts, connections: connections).add(to: router)
        login.add(to: router)
        HealthRoutes(desk: parts.desk).add(to: router)
        PageRoutes(parts: parts, connections: connections).add(to: router)
        if let metrics = parts.metrics { MetricsRoutes(desk: metrics).add(to: router) }
        return entrance(router, .network, connections)
    }

    private func entrance(_ router: Router<WebContext>, _ door: Door, _ connections: ConnectionTable?) -> Entrance {
        let methods = MethodTable(router.routes.map { ($0.path.description, $0.method.rawValue) })
        return Entrance(
            routes: router.buildResponder(), methods: methods, door: door, connections: connections)
    }
}
