import DNSModel

/// The buttons by which orders are given. Without a token they are those of pages that are sent to everybody, where the
/// script adds the visitor's own.
struct OrderForms: Sendable {
    /// Proves that a form comes from our page.
    var token: String?
    /// An order that was refused, and the server that it was about.
    var refused: (server: String, state: FormState)?

    /// What opens the panel of a server.
    func opener(_ server: SchemeStatus.ServerLine) -> HTML {
        """
        <button type="button" class="small" popovertarget="act-\(server.name)" aria-label="Actions for \(server.name)">\
        Actions</button>
        """
    }

    /// All that can be done with a server.
    func panel(_ server: SchemeStatus.ServerLine, of view: SchemeView) -> HTML {
        let isPinned = view.status.orders.contains { $0.kind == "pin" && $0.server == server.name }
        let isPretended = view.status.orders.contains { $0.kind == "pretend" && $0.server == server.name }
        let maintenance: HTML =
            view.status.orders.contains { $0.kind == "maintenance" && $0.server == server.name }
            ? Self.button("end-maintenance", "End maintenance") : Self.button("maintain", "Put into maintenance")
        let pin: HTML = isPinned ? Self.button("unpin", "Unpin") : Self.button("pin", "Pin the record to it")
        let states = Health.allCases.map { Self.button("pretend-\($0.rawValue)", "\($0.rawValue.uppercased())") }
        let real: HTML = isPretended ? Self.button("end-pretence", "as it is") : .empty
        let remove: HTML = view.isReadOnly ? .empty : removal(server, of: view)
        return panel(
            "act-\(server.name)", server.name, of: view,
            """
            <div class="buttons">\(maintenance)\(pin)</div>
            <fieldset class="buttons"><legend>For training, take its state to be</legend>
            \(states)\(real)</fieldset>

            """, server: server.name, after: remove)
    }

    /// What can be done with the scheme as a whole.
    func schemeActions(_ view: SchemeView) -> HTML {
        let isFrozen = view.status.orders.contains { $0.kind == "freeze" }
        let freeze: HTML =
            isFrozen
            ? Self.button("unfreeze", "Unfreeze")
            : "<button type=\"button\" popovertarget=\"act\">Freeze…</button>"
        return """
            <form class="buttons" method="post" action="\(orders(view))">
            \(hidden)\(Self.button("push", "Push now"))\(Self.button("fail-back", "Fail back"))\(freeze)</form>
            \(panel("act", "", of: view, "<div class=\"buttons\">\(Self.button("freeze", "Freeze: change nothing"))</div>\n"))
            """
    }

    /// The button that takes an order back.
    func end(_ order: SchemeStatus.OrderLine, of view: SchemeView) -> HTML {
        let action =
            switch order.kind {
            case "pin": "unpin"
            case "freeze": "unfreeze"
            case "maintenance": "end-maintenance"
            default: "end-pretence"
            }
        return """
            <form method="post" action="\(orders(view))">\(hidden)\(server(order.server ?? ""))\
            <button class="small" name="action" value="\(action)" aria-label="End: \(order.text)">End</button></form>
            """
    }

    private func panel(
        _ id: String, _ title: String, of view: SchemeView, _ buttons: HTML, server name: String = "",
        after: HTML = .empty
    ) -> HTML {
        let state = refused?.server == name ? refused?.state : nil
        let heading = title.isEmpty ? state == nil ? "Freeze \(view.status.name)" : "Order" : title
        // A refused order is shown open, by whatever the page is read.
        let kind: HTML = state == nil ? "popover class=\"panel\"" : "class=\"panel open\""
        return """
            <div id="\(id)" \(kind) role="dialog" aria-labelledby="\(id)-title">
            <h3 id="\(id)-title">\(heading)</h3>
            <form method="post" action="\(orders(view))">
            \(hidden)\(server(name))\((state ?? FormState()).summary)\
            \(Self.why.html(state ?? FormState(), in: id))\(Self.duration.html(state ?? FormState(), in: id))\
            \(buttons)</form>
            \(after)<button type="button" class="close small" popovertarget="\(id)" popovertargetaction="hide">Close</button>
            </div>

            """
    }

    private func removal(_ server: SchemeStatus.ServerLine, of view: SchemeView) -> HTML {
        """
        <form class="buttons" method="post" \
        action="/schemes/\(path: view.status.name)/servers/\(path: server.name)/remove">\(hidden)\
        <button class="danger">Remove \(server.name)</button></form>

        """
    }

    private static let why = FormField("why", "Why")
    private static let duration = FormField(
        "for", "For", .proposals(list: "durations"), hint: "such as 30m, 2h or 1d; empty: until it is taken back")

    /// What `duration` proposes; once on a page.
    static let durations: HTML = """
        <datalist id="durations">\(["15m", "1h", "4h", "1d"].map { "<option value=\"\($0)\"></option>" as HTML })</datalist>

        """

    private static func button(_ action: String, _ title: String) -> HTML {
        "<button name=\"action\" value=\"\(action)\">\(title)</button>\n"
    }

    private func orders(_ view: SchemeView) -> HTML { "/schemes/\(path: view.status.name)/orders" }

    private func server(_ name: String) -> HTML {
        name.isEmpty ? .empty : "<input type=\"hidden\" name=\"server\" value=\"\(name)\">"
    }

    var hidden: HTML { token.map { "<input type=\"hidden\" name=\"form_token\" value=\"\($0)\">" } ?? .empty }
}
