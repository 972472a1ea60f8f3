import DNSModel
import Failover
import Hummingbird

/// What comes in from servers and from okerr.
extension APIRoutes {
    private static let limit = 65_536

    func addReports(to api: RouterGroup<WebContext>) {
        api.post("indicators/:name") { request, context in try await indicator(request, context) }
        api.post("okerr/:secret") { request, context in try await okerr(request, context) }
    }

    /// A server says how it is: a heartbeat, or with a status and details.
    private func indicator(_ request: Request, _ context: WebContext) async throws -> Response {
        let id = CheckID(indicator: context.part("name"))
        let scheme: ConfiguredScheme? = if let name = id?.scheme { await parts.registry?[name] } else { nil }
        let check = id.flatMap { id in scheme?.heartbeat(of: id.name) }
        guard context.caller.isKnown || request.isAllowed(by: check?.token) else {
            // The same for one that is not there: nobody finds out by asking.
            throw Problem(
                .unauthorized, "send the indicator’s token: Authorization: Bearer …",
                headers: [.wwwAuthenticate: #"Bearer realm="dnsconverge""#])
        }
        guard let id, let check else {
            throw Problem(
                .notFound,
                "no server of that name sends heartbeats: give server:scheme, and check: {heartbeat: …} there")
        }
        let said = try await IndicatorReport(request, context)
        await check.note(said.health, said.details, from: id)
        await parts.kick?(id)
        return APIAnswer.nothing
    }

    /// Okerr says that something has changed there. It may be anybody who says so: it is asked what is true.
    private func okerr(_ request: Request, _ context: WebContext) async throws -> Response {
        let secret = await parts.registry?.okerrWebhook
        guard let secret, secret.revealed.isSameSecret(as: context.part("secret")) else { throw Problem(.notFound) }
        let form = try await WebForm(request, context)
        guard let data = form["data"] else { throw Problem(.unprocessableContent, "the form has no field data") }
        guard let webhook = OkerrWebhook(json: Array(data.utf8)) else { return APIAnswer.nothing }
        for id in await parts.registry?.schemes.hastenChecks(for: webhook) ?? [] { await parts.kick?(id) }
        return APIAnswer.nothing
    }
}

extension CheckID {
    /// Reads `charlie:cat`, as okerr names indicators.
    init?(indicator: String) {
        let parts = indicator.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        self.init(scheme: SchemeName(String(parts[1])), name: ServerName(String(parts[0])))
    }
}

extension Request {
    fileprivate func isAllowed(by token: Secret?) -> Bool {
        guard let token, let given = bearerToken else { return false }
        return token.revealed.isSameSecret(as: given)
    }
}

/// What a server says of itself: `{"status": "ok", "details": "…"}`, the same as a form, or nothing, which is a heartbeat.
struct IndicatorReport: Sendable {
    let health: Health
    let details: String

    init(_ request: Request, _ context: WebContext) async throws {
        let fields: (status: String?, details: String?)
        switch request.mediaType {
        case "application/json":
            let octets = try await request.octets(upTo: 65_536, context)
            fields = octets.isEmpty ? (nil, nil) : try Self.fields(octets)
        case "application/x-www-form-urlencoded":
            let form = try await WebForm(request, context)
            fields = (form["status"], form["details"])
        case nil:
            guard try await request.octets(upTo: 65_536, context).isEmpty else {
                throw Problem(.unsupportedMediaType, "send JSON, a form or nothing")
            }
            fields = (nil, nil)
        default: throw Problem(.unsupportedMediaType, "send JSON, a form or nothing")
        }
        guard let health = Self.health(fields.status ?? "ok") else {
            throw Problem(.unprocessableContent, "status is not understood: give ok, warn, fail or unknown")
        }
        self.health = health
        details = String(PrintableText(fields.details ?? "").text.prefix(500))
    }

    private static func fields(_ octets: [UInt8]) throws -> (status: String?, details: String?) {
        guard let document = try? JSONNode(parsing: octets) else { throw Problem(.badRequest, "the body is no JSON") }
        guard case .object(let members) = document.value else {
            throw Problem(.unprocessableContent, "give an object with status and details")
        }
        func text(_ key: String) throws -> String? {
            guard let node = members.first(where: { $0.key == key })?.node else { return nil }
            guard case .string(let text) = node.value else {
                throw Problem(.unprocessableContent, "\(key) is \(node.kind): give a string")
            }
            return text
        }
        return (try text("status"), try text("details"))
    }

    /// Ours, and okerr's.
    private static func health(_ word: String) -> Health? {
        ["err": .fail, "error": .fail][word.lowercased()] ?? Health(rawValue: word.lowercased())
    }
}
