import DNSModel
import Failover
import FoundationEssentials
import Glibc
import Hummingbird

/// Gathers what pages show.
struct PageSource: Sendable {
    let parts: WebParts

    private static let changeLimit = 4
    private static let historyLimit = 40
    /// Every answer that changed would bury what was done and why.
    private static let kinds = Set(HistoryEntry.Kind.allCases).subtracting([.observation])

    /// All that a scheme's page shows; nil when there is no such scheme.
    func view(of name: SchemeName) async -> SchemeView? {
        guard let snapshot = await parts.desk.snapshot(of: name) else { return nil }
        return await view(snapshot)
    }

    func view(_ snapshot: SchemeSnapshot) async -> SchemeView {
        let name = SchemeName(snapshot.status.name)
        let journal = parts.desk.journal
        var changes = await journal.changes(of: name, limit: Self.changeLimit)
        if let following = snapshot.status.following?.change, let convergence = snapshot.convergence,
            let index = changes.firstIndex(where: { $0.plan.number.value == following })
        {
            changes[index].take(.convergence(ChangeNumber(following), convergence), at: snapshot.status.at)
        }
        let history = await journal.history(HistoryQuery(scheme: name, kinds: Self.kinds, limit: Self.historyLimit))
        return SchemeView(
            status: snapshot.status, reports: snapshot.reports, changes: changes, history: history,
            now: snapshot.status.at)
    }

    func schemes() async -> [SchemeStatus] { await parts.desk.status(process: getpid()).schemes }

    func frame(_ context: WebContext) async -> PageFrame {
        var frame = PageFrame(version: parts.desk.version, now: Date())
        frame.token = context.formToken(parts.keeper)
        if case .session = context.caller { frame.user = context.caller.signature(claiming: nil) }
        frame.journalProblem = await parts.desk.journal.problem()
        frame.observesOnly = parts.desk.observesOnly
        return frame
    }
}

extension HTML {
    func response(_ status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: markup)))
    }
}
