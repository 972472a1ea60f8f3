import DNSModel
import Failover
import Glibc
import Hummingbird

/// Schemes and their servers.
extension APIRoutes {
    private static let documentLimit = 1 << 20

    func addSchemes(to api: RouterGroup<WebContext>) {
        api.get("schemes") { _, _ in
            try APIAnswer.json(SchemeList(schemes: await parts.desk.status(process: getpid()).schemes))
        }
        api.post("schemes") { request, context in try await add(request, context) }
        api.get("schemes/:name") { _, context in
            try APIAnswer.json(try await snapshot(context.part("name")).status)
        }
        api.put("schemes/:name") { request, context in try await put(request, context) }
        api.delete("schemes/:name") { request, context in try await remove(request, context) }
        api.post("schemes/:name/orders") { request, context in
            try await order(request, context, to: SchemeName(context.part("name")))
        }
        api.get("settings") { request, _ in try await exported(try Query(request)["scheme"]) }
        api.get("schemes/:name/settings") { _, context in try await settings(context.part("name")) }
        addServers(to: api)
    }

    private func add(_ request: Request, _ context: WebContext) async throws -> Response {
        if ["application/yaml", "application/x-yaml", "text/yaml"].contains(request.mediaType ?? "") {
            let octets = try await request.octets(upTo: Self.documentLimit, context)
            return try await add(octets, context, who: nil)
        }
        let document = try await request.document(context, limit: Self.documentLimit)
        if let text = document.text("document") {
            return try await add(Array(text.utf8), context, who: document.text("who"))
        }
        guard let name = document.text("name"), let settings = document.settings("settings") else {
            throw Problem(.unprocessableContent, "give name and settings, or document with YAML")
        }
        let registry = try registry()
        do throws(RegistryRefusal) {
            try await registry.add(
                name, settings, who: context.caller.signature(claiming: document.text("who")), by: context.origin)
        } catch {
            throw Problem(error)
        }
        return try created([name], location: name)
    }

    /// Schemes by their names, as a configuration has them below `schemes`.
    private func add(_ yaml: [UInt8], _ context: WebContext, who: String?) async throws -> Response {
        let who = context.caller.signature(claiming: who)
        let members: [SettingNode.Member]
        do throws(ConfigurationErrors) { members = try Configuration.schemeDocument(yaml) } catch {
            throw Problem(error)
        }
        let registry = try registry()
        for member in members {
            do throws(RegistryRefusal) {
                _ = try await registry.put(member.key, member.node, who: who, by: context.origin)
            } catch {
                throw Problem(error)
            }
        }
        return try created(members.map(\.key), location: members.count == 1 ? members[0].key : nil)
    }

    private func created(_ names: [String], location: String?) throws -> Response {
        var response = try APIAnswer.json(["added": names], .created)
        if let location { response.headers[.location] = "/api/v1/schemes/\(location)" }
        return response
    }

    private func put(_ request: Request, _ context: WebContext) async throws -> Response {
        let name = context.part("name")
        let settings = SettingNode(try await request.document(context, limit: Self.documentLimit))
        let registry = try registry()
        let isNew: Bool
        do throws(RegistryRefusal) {
            isNew = try await registry.put(
                name, settings, who: context.caller.signature(claiming: nil), by: context.origin)
        } catch {
            throw Problem(error)
        }
        return isNew ? try created([name], location: name) : APIAnswer.nothing
    }

    private func remove(_ request: Request, _ context: WebContext) async throws -> Response {
        let name = SchemeName(context.part("name"))
        let registry = try registry()
        guard await registry[name] != nil else { throw Problem(.notFound, "there is no scheme of that name") }
        do throws(RegistryProblem) {
            try await registry.remove(name, who: context.caller.signature(claiming: try? Query(request)["who"]))
        } catch {
            throw Problem(.conflict, error.description)
        }
        return APIAnswer.nothing
    }

    private func exported(_ name: String?) async throws -> Response {
        guard let text = try await registry().exported(name.map { SchemeName($0) }) else {
            throw Problem(.notFound, "there is no scheme of that name")
        }
        return APIAnswer.yaml(text)
    }

    private func settings(_ name: String) async throws -> Response {
        let registry = try registry()
        guard let scheme = await registry[SchemeName(name)] else {
            throw Problem(.notFound, "there is no scheme of that name")
        }
        let isInFile = await registry.isInFile(scheme.scheme.name)
        return APIAnswer.json(
            .object([("name", .string(name)), ("read_only", .bool(isInFile)), ("settings", scheme.source.json)]))
    }

    func registry() throws(Problem) -> SchemeRegistry {
        guard let registry = parts.registry else {
            throw Problem(.serviceUnavailable, "schemes can be neither added to this daemon nor removed from it")
        }
        return registry
    }
}

struct SchemeList: Encodable, Sendable {
    let schemes: [SchemeStatus]
}

extension WebContext {
    /// What settings from there may do.
    var origin: SettingOrigin { door == .control ? .command : .network }
}

extension Problem {
    /// Settings that are wrong, or a state of things that does not allow them.
    init(_ refusal: RegistryRefusal) {
        if refusal.isMissing {
            self.init(.notFound, refusal.others.joined(separator: "; "))
        } else if let other = refusal.others.first {
            self.init(.conflict, other)
        } else if refusal.isTaken {
            self.init(.conflict, refusal.problems.map(\.message).joined(separator: "; "))
        } else {
            self.init(ConfigurationErrors(subject: "settings", problems: refusal.problems))
        }
    }

    init(_ errors: ConfigurationErrors) {
        let lines = errors.problems.map { $0.line(in: errors.subject) }
        self.init(
            .unprocessableContent, lines.joined(separator: "; "),
            errors: errors.problems.map { ProblemDetails.Item($0) })
    }
}

extension JSONNode {
    /// A member that is a string.
    func text(_ key: String) -> String? {
        if case .string(let text)? = member(key)?.value { text } else { nil }
    }

    /// A member that is a group of settings.
    func settings(_ key: String) -> SettingNode? {
        guard let node = member(key), case .object = node.value else { return nil }
        return SettingNode(node)
    }

    private func member(_ key: String) -> JSONNode? {
        guard case .object(let members) = value else { return nil }
        return members.first { $0.key == key }?.node
    }
}
