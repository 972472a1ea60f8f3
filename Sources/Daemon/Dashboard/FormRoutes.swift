import DNSModel
import Failover
import FoundationEssentials
import Hummingbird

/// What the forms of pages ask for. What is refused comes back as the page with the form, what was typed, and why.
struct FormRoutes: Sendable {
    let parts: WebParts

    func add(to router: Router<WebContext>) {
        router.post("/schemes/:name/orders") { request, context in try await order(request, context) }
        router.post("/orders") { request, context in try await orderAll(request, context) }
        router.post("/add-scheme") { request, context in try await addScheme(request, context) }
        router.post("/schemes/:name/remove") { request, context in try await removeScheme(request, context) }
        router.post("/schemes/:name/servers") { request, context in try await addServer(request, context) }
        router.post("/schemes/:name/servers/:server/remove") { request, context in
            try await removeServer(request, context)
        }
    }

    private var source: PageSource { PageSource(parts: parts) }

    private func order(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await form(request, context)
        let name = SchemeName(context.parameters.get("name") ?? "")
        do throws(FormProblem) {
            let order = try OrderReading(form).request(who: context.caller.signature(claiming: nil), at: Date())
            do throws(OrderProblem) { try await parts.desk.order(order, to: name) } catch {
                throw FormProblem(error.description)
            }
        } catch {
            return try await page(of: name, context) { page in
                page.refused = (form["server"], form.adding(error))
            }
        }
        return Self.back(to: "/schemes/\(path: name.text)", "ordered")
    }

    private func orderAll(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await form(request, context)
        do throws(FormProblem) {
            let order = try OrderReading(form).request(who: context.caller.signature(claiming: nil), at: Date())
            do throws(OrderProblem) { try await parts.desk.order(order, to: nil) } catch {
                throw FormProblem(error.description)
            }
        } catch {
            throw Problem(.conflict, error.message)
        }
        return Self.back(to: "/", "ordered")
    }

    private func addScheme(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await form(request, context)
        let scheme = FormReading.scheme(form)
        do throws(RegistryRefusal) {
            try await registry().add(scheme.name, scheme.settings, who: context.caller.signature(claiming: nil))
        } catch {
            let frame = await source.frame(context)
            let names = SchemeForm.names(of: ProviderForm.of(form["provider.kind"]))
            let state = error.placed(in: form, server: "server.", known: names)
            return AddSchemePage(form: SchemeForm(state, token: frame.token), frame: frame).html
                .response(.unprocessableContent)
        }
        return Self.back(to: "/schemes/\(path: scheme.name)", "added")
    }

    private func removeScheme(_ request: Request, _ context: WebContext) async throws -> Response {
        _ = try await form(request, context)
        let name = SchemeName(context.parameters.get("name") ?? "")
        do throws(RegistryProblem) {
            guard let registry = parts.registry else { throw RegistryProblem("schemes cannot be removed here") }
            try await registry.remove(name, who: context.caller.signature(claiming: nil))
        } catch {
            throw Problem(.conflict, error.description)
        }
        return Self.back(to: "/", "removed")
    }

    private func addServer(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await form(request, context)
        let name = SchemeName(context.parameters.get("name") ?? "")
        let server = FormReading.server(form)
        do throws(RegistryRefusal) {
            try await registry().addServer(
                server.name, server.settings, to: name, who: context.caller.signature(claiming: nil))
        } catch {
            return try await page(of: name, context) { page in
                page.server = error.placed(in: form, server: "", known: ServerForm.names)
            }
        }
        return Self.back(to: "/schemes/\(path: name.text)", "server-added")
    }

    private func removeServer(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await form(request, context)
        let name = SchemeName(context.parameters.get("name") ?? "")
        let server = context.parameters.get("server") ?? ""
        do throws(RegistryRefusal) {
            try await registry().removeServer(server, from: name, who: context.caller.signature(claiming: nil))
        } catch {
            return try await page(of: name, context) { page in
                page.refused = (server, error.placed(in: form, server: "", known: []))
            }
        }
        return Self.back(to: "/schemes/\(path: name.text)", "server-removed")
    }
}

extension FormRoutes {
    private func form(_ request: Request, _ context: WebContext) async throws -> FormState {
        let form = try await WebForm(request, context)
        try form.check(context, parts.keeper)
        return FormState(values: Dictionary(form.fields.map { ($0.name, $0.value) }) { first, _ in first })
    }

    private func registry() throws(RegistryRefusal) -> SchemeRegistry {
        guard let registry = parts.registry else {
            throw RegistryRefusal([], "schemes can be neither added to this daemon nor removed from it")
        }
        return registry
    }

    /// The page once more, with what is wrong in it.
    private func page(
        of name: SchemeName, _ context: WebContext, _ adjust: (inout SchemePage) -> Void
    ) async throws -> Response {
        guard let view = await source.view(of: name) else { throw PageRoutes.unknown(name) }
        var page = SchemePage(view: view, frame: await source.frame(context))
        adjust(&page)
        return page.html.response(.unprocessableContent)
    }

    /// What was done is told by a page of its own, so that loading that again does nothing once more.
    private static func back(to path: HTML, _ done: String) -> Response {
        .redirect(to: "\(path.markup)?done=\(done)", type: .normal)
    }
}
