import DNSModel
import FoundationEssentials

/// What every page stands in.
struct PageFrame: Sendable {
    let version: String
    /// Who is signed in; nil where nobody needs to.
    var user: String?
    /// Of forms and of the button that signs out.
    var token: String?
    /// Why the journal does not write.
    var journalProblem: String?
    /// It decides and notes, and changes nothing.
    var observesOnly = false
    let now: Date

    /// `live` is where updates of `content` come from.
    func page(_ title: String, live: HTML? = nil, _ content: HTML) -> HTML {
        let source: HTML = live.map { " data-live=\"\($0)\"" } ?? .empty
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="now" content="\(TimeText.machine(now))">
            <title>\(title) · dnsconverge</title>
            <link rel="stylesheet" href="\(DashboardAssets.style.path)">
            <link rel="icon" href="data:,">
            <script src="\(DashboardAssets.script.path)" defer></script>
            </head>
            <body>
            \(Mark.sprite)<a class="skip" href="#main">To the content</a>
            \(head(isLive: live != nil))\(warnings)<main id="main" tabindex="-1"\(source)>
            \(content)</main>
            \(OrderForms.durations)<footer><p>dnsconverge \(version)</p></footer>
            </body>
            </html>

            """
    }

    private func head(isLive: Bool) -> HTML {
        let time = TimeText(reference: now)
        let live: HTML = isLive ? "<span id=\"live\" class=\"dim\" role=\"status\"></span> " : .empty
        return """
            <header class="top"><a class="brand" href="/">\(Mark.icon(.logo))dnsconverge</a>
            <nav aria-label="Pages"><a href="/">Schemes</a> <a href="/add-scheme">Add a scheme</a></nav>
            <p class="asof">\(live)as of \(time.html(now)) UTC</p>\(signOut)</header>

            """
    }

    private var signOut: HTML {
        guard let user else { return .empty }
        return """
            <form method="post" action="/logout" data-leave>\(OrderForms(token: token).hidden)\
            <button class="small" title="signed in as \(user)">Sign out</button></form>
            """
    }

    private var warnings: HTML {
        var items: [HTML] = []
        if let journalProblem { items.append("\(Mark(.triangle, .warn, "journal").html) \(journalProblem)") }
        if observesOnly {
            items.append("\(Mark(.dot, .warn, "observing").html) decisions are noted, and nothing is changed")
        }
        return items.isEmpty ? .empty : "<div class=\"warnings\">\(items.map { "<p>\($0)</p>" as HTML })</div>\n"
    }
}
