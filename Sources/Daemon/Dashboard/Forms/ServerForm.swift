import DNSModel

/// Asks for a server that is to be added.
struct ServerForm: Sendable {
    static let fields = [
        FormField("name", "Name", hint: "letters, digits, - and _", placeholder: "charlie", isRequired: true),
        FormField(
            "address", "Address", hint: "IPv4 or IPv6; several with blanks between", placeholder: "192.0.2.1",
            isRequired: true),
        FormField("priority", "Priority", .number, hint: "the larger wins", isRequired: true),
    ]

    /// Of all fields.
    static let names = Set(
        fields.map(\.name) + CheckForm.all.flatMap(\.fields).map(\.name) + ["check", "check.interval"])

    /// What okerr proposes: 1000, and for each further server ten less than the least so far.
    static func suggestedPriority(after priorities: [Int]) -> Int { priorities.min().map { $0 - 10 } ?? 1000 }

    /// The fields alone, which the form of a scheme has as well.
    static func html(_ state: FormState, in form: String, prefix: String = "") -> HTML {
        """
        <div class="fields">\(fields.map { $0.prefixed(prefix).html(state, in: form) })</div>
        \(CheckForm.html(state, in: form, prefix: prefix))
        """
    }

    /// The form on a scheme's page, which stays folded until somebody wants it.
    static func section(_ view: SchemeView, state: FormState?, token: String?) -> HTML {
        guard !view.isReadOnly else {
            return """
                <p class="card dim" id="add-server">The scheme stands in the configuration file: servers are added and \
                removed there, and the daemon then reads it again.</p>

                """
        }
        var shown = state ?? FormState()
        if shown.values["priority"] == nil {
            shown.values["priority"] = String(suggestedPriority(after: view.status.servers.map(\.priority)))
        }
        let open: HTML = shown.isFaulty ? " open" : .empty
        let hidden = OrderForms(token: token).hidden
        return """
            <details id="add-server" class="card"\(open)><summary>Add a server</summary>
            <form method="post" action="/schemes/\(path: view.status.name)/servers">\(hidden)
            \(shown.summary)\(html(shown, in: "server"))<div class="buttons"><button class="main">Add the server</button></div>
            </form></details>

            """
    }
}
