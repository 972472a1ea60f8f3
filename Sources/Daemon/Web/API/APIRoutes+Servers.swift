import DNSModel
import Failover
import Hummingbird

/// The servers of a scheme.
extension APIRoutes {
    private static let limit = 65_536

    func addServers(to api: RouterGroup<WebContext>) {
        api.get("schemes/:name/servers") { _, context in try await servers(context.part("name")) }
        api.post("schemes/:name/servers") { request, context in try await addServer(request, context) }
        api.put("schemes/:name/servers/:server") { request, context in try await putServer(request, context) }
        api.delete("schemes/:name/servers/:server") { _, context in try await removeServer(context) }
    }

    private func servers(_ name: String) async throws -> Response {
        guard let scheme = try await registry()[SchemeName(name)] else {
            throw Problem(.notFound, "there is no scheme of that name")
        }
        let servers = scheme.source[["servers"]]?.members ?? []
        return APIAnswer.json(
            .object([
                ("servers", .object(servers.map { ($0.key, $0.node.json) })),
                ("next_priority", .number(scheme.scheme.nextPriority)),
            ]))
    }

    private func addServer(_ request: Request, _ context: WebContext) async throws -> Response {
        let document = try await request.document(context, limit: Self.limit)
        let scheme = SchemeName(context.part("name"))
        guard let name = document.text("name"), let settings = document.settings("settings") else {
            throw Problem(.unprocessableContent, "give name and settings: address, priority, check")
        }
        let registry = try registry()
        do throws(RegistryRefusal) {
            try await registry.addServer(
                name, settings, to: scheme, who: context.caller.signature(claiming: nil), by: context.origin)
        } catch {
            throw Problem(error)
        }
        var response = try APIAnswer.json(["added": [name]], .created)
        response.headers[.location] = "/api/v1/schemes/\(scheme)/servers/\(name)"
        return response
    }

    private func putServer(_ request: Request, _ context: WebContext) async throws -> Response {
        let settings = SettingNode(try await request.document(context, limit: Self.limit))
        let registry = try registry()
        do throws(RegistryRefusal) {
            try await registry.replaceServer(
                context.part("server"), settings, of: SchemeName(context.part("name")),
                who: context.caller.signature(claiming: nil), by: context.origin)
        } catch {
            throw Problem(error)
        }
        return APIAnswer.nothing
    }

    private func removeServer(_ context: WebContext) async throws -> Response {
        let registry = try registry()
        do throws(RegistryRefusal) {
            try await registry.removeServer(
                context.part("server"), from: SchemeName(context.part("name")),
                who: context.caller.signature(claiming: nil), by: context.origin)
        } catch {
            throw Problem(error)
        }
        return APIAnswer.nothing
    }
}
