import DNSModel
import FoundationEssentials

/// All schemes at a glance, the worst first.
struct SchemeListPage {
    let schemes: [SchemeStatus]
    let frame: PageFrame
    var done: String?
    /// Of names, records and aliases; empty for all.
    var filter = ""

    private static let columns = [
        DataTable.Column("Scheme"), .init("State", isLabelled: false), .init("Published"), .init("Servers"),
        .init("Convergence"), .init("Last change"), .init("Why", "wide", isLabelled: false),
    ]

    var html: HTML {
        frame.page(
            "Schemes", live: filter.isEmpty ? "/live" : nil,
            """
            \(DoneNotice(done).html)\(headline)\(search)\(list)\(actions)
            """)
    }

    /// Those that the page has rows for, in their order.
    private var shown: [SchemeStatus] {
        let word = filter.lowercased()
        let found = schemes.filter { scheme in
            word.isEmpty
                || [scheme.name, scheme.record, scheme.alias ?? ""].contains { $0.lowercased().contains(word) }
        }
        return found.sorted { ($1.status, $0.name) < ($0.status, $1.name) }
    }

    /// How many there are of each state; the script counts anew when rows change.
    private var headline: HTML {
        let counts = [Status.critical, .unknown, .warning, .ok].map { status -> HTML in
            let count = schemes.count { $0.status == status }
            let hidden: HTML = count == 0 ? " hidden" : .empty
            return "<span data-count=\"\(status.rawValue)\"\(hidden)>\(Mark(status).badge) <b>\(count)</b></span>"
        }
        return """
            <header id="headline" class="headline"><h1>Schemes</h1>
            <p class="verdict" role="status">\(counts.joined(separator: " "))</p></header>

            """
    }

    private var search: HTML {
        guard schemes.count > 10 || !filter.isEmpty else { return .empty }
        return """
            <search><form method="get" action="/" data-leave><label for="q">Name contains</label> \
            <input id="q" name="q" value="\(filter)"> <button class="small">Show</button></form></search>

            """
    }

    private var list: HTML {
        guard !schemes.isEmpty else {
            return """
                <section id="schemes" class="card"><p>There is no scheme. <a href="/add-scheme">Add one</a>, or write \
                one into the configuration file.</p></section>

                """
        }
        return """
            <section id="schemes" class="card" aria-label="Schemes">
            \(Self.table(shown, now: frame.now).html)</section>

            """
    }

    /// A table of one row, which takes the place of that row in an open page.
    static func row(_ scheme: SchemeStatus, now: Date) -> HTML { table([scheme], now: now).html }

    private static func table(_ schemes: [SchemeStatus], now: Date) -> DataTable {
        var table = DataTable("Schemes", style: "schemes", columns, keepsEmptyColumns: true)
        for scheme in schemes {
            let data: HTML = " data-status=\"\(scheme.status.rawValue)\""
            table.append(SchemeListRow(scheme, now: now).cells, id: "scheme-\(scheme.name)", data: data)
        }
        return table
    }

    private var actions: HTML {
        guard !schemes.isEmpty else { return .empty }
        let isFrozen = schemes.allSatisfy { $0.orders.contains { $0.kind == "freeze" } }
        let button: HTML =
            isFrozen
            ? "<button name=\"action\" value=\"unfreeze\">Unfreeze all</button>"
            : "<button name=\"action\" value=\"freeze\">Freeze all: change nothing</button>"
        return """
            <form id="all" class="buttons" method="post" action="/orders">\(OrderForms(token: frame.token).hidden)\(button)</form>

            """
    }
}

/// A scheme's row in the list.
struct SchemeListRow {
    let cells: [HTML]

    init(_ scheme: SchemeStatus, now: Date) {
        let times = TimeText(reference: now)
        let origin: HTML = scheme.source == .file ? " <span class=\"tag\">read-only</span>" : .empty
        let published = scheme.servers.filter(\.isPublished).map(\.name)
        let values = scheme.published.sorted { $0.key < $1.key }.flatMap(\.value.values)
        cells = [
            "<a href=\"/schemes/\(path: scheme.name)\"><strong>\(scheme.name)</strong></a>\(origin) <small><code>\(scheme.record)</code></small>",
            Mark(scheme.status).html,
            "<strong>\(published.joined(separator: ", "))</strong> \(RecordSection.codes(values))",
            Self.servers(scheme), Self.convergence(scheme, times, now),
            scheme.lastChange.map { times.html($0.at, isAge: true) } ?? .empty,
            "\(scheme.reasons.first?.text ?? "")",
        ]
    }

    private static func servers(_ scheme: SchemeStatus) -> HTML {
        scheme.servers.map { server -> HTML in
            let mark = server.maintenance == nil ? Mark(server.health) : .maintenance
            return "<span class=\"server\">\(mark.icon(as: mark.word))\(server.name)</span>"
        }.joined(separator: " ")
    }

    private static func convergence(_ scheme: SchemeStatus, _ times: TimeText, _ now: Date) -> HTML {
        guard let following = scheme.following else { return .empty }
        let eta: HTML = following.etaBy.map { ", \(times.countdown(to: $0, from: now))" } ?? .empty
        return Mark(.clock, .warn, following.text).html + eta
    }
}
