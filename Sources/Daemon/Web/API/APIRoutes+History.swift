import DNSModel
import Failover
import FoundationEssentials
import Hummingbird

/// What has happened.
extension APIRoutes {
    private static let largestPage = 10_000

    func addHistory(to api: RouterGroup<WebContext>) {
        api.get("history") { request, _ in try await history(request) }
        api.get("schemes/:name/changes") { request, context in try await changes(request, context) }
        api.get("schemes/:name/reports") { _, context in
            let snapshot = try await snapshot(context.part("name"))
            return try APIAnswer.json(PropagationReports(snapshot.reports))
        }
    }

    private func history(_ request: Request) async throws -> Response {
        let parameters = try Query(request)
        let known = HistoryEntry.Kind.allCases.map(\.rawValue).joined(separator: ", ")
        var query = HistoryQuery(scheme: parameters["scheme"].map { SchemeName($0) })
        query.limit = try parameters.integer("limit", in: 1...Self.largestPage) ?? 100
        query.since = try parameters.value("since", "a time such as 2026-01-31T12:00:00Z") { ControlJSON.time($0) }
        for word in parameters.words("kinds") {
            guard let kind = HistoryEntry.Kind(rawValue: word) else {
                throw Problem(.badRequest, "“kinds” is not understood: give some of \(known)")
            }
            query.kinds.insert(kind)
        }
        let start = try parameters.value("before", "what an earlier page has as next") { HistoryCursor($0) }
        let page = await parts.desk.journal.page(query, from: start)
        return try APIAnswer.json(HistoryPage(entries: page.entries, next: page.next?.description))
    }

    private func changes(_ request: Request, _ context: WebContext) async throws -> Response {
        let name = context.part("name")
        _ = try await snapshot(name)
        let limit = try Query(request).integer("limit", in: 1...Self.largestPage) ?? 20
        return try APIAnswer.json(ChangePage(await parts.desk.journal.changes(of: SchemeName(name), limit: limit)))
    }
}
