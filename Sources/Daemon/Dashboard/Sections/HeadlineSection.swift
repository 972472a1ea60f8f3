import DNSModel

/// The scheme's state in a word and a sentence, and why it is that.
struct HeadlineSection {
    let html: HTML

    init(_ view: SchemeView) {
        let status = view.status
        let mark = Mark(status.status)
        html = """
            <header id="headline" class="headline">
            <h1>\(status.name) <small>\(status.record)</small></h1>
            <p class="verdict" role="status">\(mark.badge) <span>\(status.summary)</span></p>
            \(Self.reasons(status))\(Self.notices(view))</header>

            """
    }

    /// What the summary does not say.
    private static func reasons(_ status: SchemeStatus) -> HTML {
        let others = status.reasons.dropFirst(
            status.reasons.first.map { status.summary.contains($0.text) ? 1 : 0 } ?? 0)
        guard !others.isEmpty else { return .empty }
        let items = others.map { reason -> HTML in
            "<li>\(Mark(reason.status).icon(as: reason.status.rawValue)) \(reason.text)</li>\n"
        }
        return "<ul class=\"reasons\" aria-label=\"Reasons\">\n\(items)</ul>\n"
    }

    private static func notices(_ view: SchemeView) -> HTML {
        let notices = view.status.alerts.filter { $0.severity == .notice }
        guard !notices.isEmpty else { return .empty }
        let items = notices.map { notice -> HTML in
            "<li>\(Mark(notice.severity).html) \(notice.text), since \(view.times.html(notice.since))</li>\n"
        }
        return "<ul class=\"reasons\" aria-label=\"Notices\">\n\(items)</ul>\n"
    }
}

extension Mark {
    /// The shape, with its word for those who do not see it.
    func icon(as word: String) -> HTML {
        "<span class=\"mark \(tone.rawValue)\">\(icon)<span class=\"unseen\">\(word)</span></span>"
    }
}
