import DNSModel

/// The servers, the best first: how each is and since when, why, and what can be done with it.
struct ServersSection {
    private let view: SchemeView
    private let forms: OrderForms

    init(_ view: SchemeView, forms: OrderForms) {
        self.view = view
        self.forms = forms
    }

    private static let columns = [
        DataTable.Column("Server"), .init("State", isLabelled: false), .init("Priority", "number"), .init("Address"),
        .init("Last check", "wide"), .init("Actions", "end", isLabelled: false),
    ]

    var html: HTML {
        var table = DataTable("Servers of \(view.status.name)", style: "servers", Self.columns)
        for server in view.status.servers { table.append(cells(server), style: server.isPublished ? "chosen" : "") }
        return """
            <section id="servers" class="card" aria-labelledby="servers-title">
            <h2 id="servers-title">Servers</h2>
            \(table.html)\(view.status.servers.map { forms.panel($0, of: view) })</section>

            """
    }

    private func cells(_ server: SchemeStatus.ServerLine) -> [HTML] {
        [
            name(server), state(server), "\(server.priority)", RecordSection.codes(server.addresses), check(server),
            forms.opener(server),
        ]
    }

    private func name(_ server: SchemeStatus.ServerLine) -> HTML {
        let marks = [
            server.isSelected ? "selected" : nil,
            server.isPublished ? "published" : nil,
        ].compactMap { $0 }
        let tags = marks.map { word -> HTML in "<span class=\"tag on\">\(word)</span>" }
        return "<strong>\(server.name)</strong>\(tags.isEmpty ? .empty : " " + tags.joined(separator: " "))"
    }

    private func state(_ server: SchemeStatus.ServerLine) -> HTML {
        let since: HTML = server.since.map { " <small>\(view.times.html($0, isAge: true))</small>" } ?? .empty
        guard let maintenance = server.maintenance else { return Mark(server.health).html + since }
        return """
            \(Mark.maintenance.html) <small>\(maintenance); itself \(server.health.rawValue)</small>
            """
    }

    /// What the last check said; without one, why the server stands where it does.
    private func check(_ server: SchemeStatus.ServerLine) -> HTML {
        guard let text = server.lastCheck else { return "<span class=\"dim\">\(server.reason)</span>" }
        let kind: HTML = server.check.map { "<span class=\"dim\">\($0)</span> " } ?? .empty
        let time: HTML = server.lastCheckAt.map { " <small>\(view.times.html($0, isAge: true))</small>" } ?? .empty
        return kind + "\(text)" + time
    }
}
