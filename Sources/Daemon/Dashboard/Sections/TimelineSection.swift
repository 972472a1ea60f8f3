import DNSModel
import Failover

/// What has happened, the latest first.
struct TimelineSection {
    private let view: SchemeView

    init(_ view: SchemeView) {
        self.view = view
    }

    var html: HTML {
        let list: HTML =
            view.history.isEmpty
            ? "<p class=\"dim\">Nothing has happened yet.</p>\n"
            : "<ol class=\"timeline\">\n\(view.history.map(item))</ol>\n"
        return """
            <section id="timeline" class="card" aria-labelledby="timeline-title">
            <h2 id="timeline-title">Timeline</h2>
            \(list)</section>

            """
    }

    private func item(_ entry: HistoryEntry) -> HTML {
        let change: HTML = entry.change.map { "<small>change \($0)</small> " } ?? .empty
        let who: HTML = entry.who.map { " <small>by \($0)</small>" } ?? .empty
        let replies = entry.replies.map { reply -> HTML in "<q>\(reply)</q>" }
        return """
            <li>\(view.times.html(entry.at)) <span class="kind">\(entry.kind.icon)\(entry.kind.rawValue)</span> \
            <span>\(change)\(entry.text)\(who)\(replies.isEmpty ? .empty : " " + replies.joined(separator: " "))</span></li>

            """
    }
}

extension HistoryEntry.Kind {
    fileprivate var icon: HTML {
        switch self {
        case .change, .outcome, .read: Mark.icon(.dot)
        case .spread, .convergence: Mark.icon(.check)
        case .observation: Mark.icon(.clock)
        case .health: Mark.icon(.question)
        case .order, .act: Mark.icon(.wrench)
        case .decision: Mark.icon(.pin)
        case .alert: Mark.icon(.triangle)
        case .scheme: Mark.icon(.dash)
        }
    }
}
