import DNSModel

/// A scheme's page: left what is published and why, right how far it has arrived, below what has happened.
struct SchemePage {
    let view: SchemeView
    let frame: PageFrame
    /// What was done, in words; nil when the page was just opened.
    var done: String?
    /// An order that was refused, and the server that it was about.
    var refused: (server: String, state: FormState)?
    /// A server that was not added.
    var server: FormState?

    var html: HTML {
        let sections = SchemeSections(view, forms: OrderForms(token: frame.token, refused: refused))
        let name = view.status.name
        return frame.page(
            name, live: "/schemes/\(path: name)/live",
            """
            \(DoneNotice(done).html)\(sections.headline)<div class="sides">
            <div class="side left">
            \(sections.record)\(sections.servers)\(ServerForm.section(view, state: server, token: frame.token))</div>
            <div class="side right">
            \(sections.spread)\(sections.answers)</div>
            <div class="side below">
            \(sections.timeline)\(removal)</div>
            </div>
            """)
    }

    private var removal: HTML {
        guard !view.isReadOnly else { return .empty }
        return """
            <details class="card" id="remove"><summary>Remove the scheme</summary>
            <form method="post" action="/schemes/\(path: view.status.name)/remove" data-leave>\
            \(OrderForms(token: frame.token).hidden)
            <p>The record stays as it is, and nobody looks after it any more.</p>
            <div class="buttons"><button class="danger">Remove \(view.status.name)</button></div></form></details>

            """
    }
}

/// What was done last, above a page.
struct DoneNotice {
    private let text: String?

    /// The sentence behind the word in a page's address; nil for any other word.
    static func text(of word: String) -> String? {
        switch word {
        case "ordered": "The order was given"
        case "added": "The scheme was added"
        case "removed": "The scheme was removed"
        case "server-added": "The server was added"
        case "server-removed": "The server was removed"
        default: nil
        }
    }

    init(_ text: String?) {
        self.text = text
    }

    var html: HTML {
        guard let text else { return "<div id=\"notice\" role=\"status\"></div>\n" }
        return "<div id=\"notice\" class=\"notice\" role=\"status\">\(Mark(.check, .good, text).html)</div>\n"
    }
}
