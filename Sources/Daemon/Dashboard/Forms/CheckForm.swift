import DNSModel

/// How a form asks by what a server's health is told: each kind with its own fields, of which those of the chosen kind count.
struct CheckForm: Sendable {
    let kind: String
    let title: String
    let fields: [FormField]

    /// No program is started by what a form says, and combinations are for the configuration file.
    static let all = [
        CheckForm(
            kind: "http", title: "HTTP or HTTPS",
            fields: [
                FormField("check.http", "URL", placeholder: "https://cat.okerr.com/"),
                FormField("check.contains", "Body contains", placeholder: "status=OK"),
            ]),
        CheckForm(kind: "tcp", title: "TCP", fields: [FormField("check.tcp", "Port", .number, placeholder: "443")]),
        CheckForm(
            kind: "tls", title: "TLS certificate",
            fields: [
                FormField("check.tls", "Port", .number, placeholder: "443"),
                FormField("check.name", "Name in it", placeholder: "cat.okerr.com"),
            ]),
        CheckForm(kind: "ping", title: "Ping", fields: []),
        CheckForm(
            kind: "dns", title: "DNS", fields: [FormField("check.dns", "Name to ask for", placeholder: "example.org")]),
        CheckForm(
            kind: "okerr", title: "okerr indicator",
            fields: [FormField("check.okerr", "Indicator", placeholder: "charlie:cat")]),
        CheckForm(
            kind: "heartbeat", title: "Heartbeat, sent by the server",
            fields: [FormField("check.heartbeat", "Every", placeholder: "60s")]),
        CheckForm(kind: "none", title: "None: it is taken to be healthy", fields: []),
    ]

    static let interval = FormField("check.interval", "Checked every", hint: "empty: 10s", placeholder: "10s")

    /// The choice and the fields; names and ids begin with `prefix`.
    static func html(_ state: FormState, in form: String, prefix: String = "") -> HTML {
        let chosen = state[prefix + "check"].isEmpty ? all[0].kind : state[prefix + "check"]
        let problem: HTML = state.problems[prefix + "check"].map { "<span class=\"problem\">\($0)</span>" } ?? .empty
        return """
            <fieldset class="checks"><legend>Indicator or check</legend>
            \(all.map { $0.option(state, in: form, prefix: prefix, isChosen: $0.kind == chosen) })\(problem)</fieldset>
            <div class="fields">\(interval.prefixed(prefix).html(state, in: form))</div>
            """
    }

    private func option(_ state: FormState, in form: String, prefix: String, isChosen: Bool) -> HTML {
        let id = "\(form)-\(prefix)check-\(kind)"
        let checked: HTML = isChosen ? " checked" : .empty
        return """
            <div class="option"><span class="pick">\
            <input type="radio" id="\(id)" name="\(prefix)check" value="\(kind)"\(checked)>\
            <label for="\(id)">\(title)</label></span>
            <div class="fields">\(fields.map { $0.prefixed(prefix).html(state, in: form) })</div></div>

            """
    }
}

extension FormField {
    func prefixed(_ prefix: String) -> FormField {
        guard !prefix.isEmpty else { return self }
        var field = FormField(prefix + name, label, kind, hint: hint, placeholder: placeholder)
        field.isRequired = isRequired
        return field
    }
}
