import DNSModel

/// A scheme's page in the pieces that are replaced while it is open, each under its id.
struct SchemeSections: Sendable {
    struct Section: Hashable, Sendable {
        let id: String
        let html: HTML
    }

    let headline: HTML
    let record: HTML
    let servers: HTML
    let spread: HTML
    let answers: HTML
    let timeline: HTML

    /// Without a token, which is the visitor's own, they are the same for everybody.
    init(_ view: SchemeView, forms: OrderForms) {
        headline = HeadlineSection(view).html
        record = RecordSection(view, forms: forms).html
        servers = ServersSection(view, forms: forms).html
        spread = SpreadSection(view).html
        answers = AnswersSection(view).html
        timeline = TimelineSection(view).html
    }

    /// As the live stream sends them.
    var all: [Section] {
        [
            Section(id: "headline", html: headline), Section(id: "record", html: record),
            Section(id: "servers", html: servers), Section(id: "spread", html: spread),
            Section(id: "answers", html: answers), Section(id: "timeline", html: timeline),
        ]
    }
}
