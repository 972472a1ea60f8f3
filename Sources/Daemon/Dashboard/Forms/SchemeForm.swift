import DNSModel

/// Asks for a scheme that is to be added, with its first server.
struct SchemeForm: Sendable {
    let provider: ProviderForm
    let state: FormState
    let token: String?

    private static let fields = [
        FormField("name", "Name", hint: "letters, digits, - and _", placeholder: "cat", isRequired: true),
        FormField(
            "record.name", "Record", hint: "the name that is published", placeholder: "cat.he.okerr.com",
            isRequired: true),
        FormField("record.ttl", "TTL", hint: "empty: as the provider has it", placeholder: "5m"),
        FormField("alias", "Alias", hint: "a CNAME that people use; looked at too", placeholder: "cat.okerr.com"),
    ]

    private static let policy = [
        FormField(
            "policy.mode", "Mode",
            .choice([("failover", "failover: the best server"), ("balance", "balance: every healthy one")])),
        FormField(
            "policy.failback", "Back to a better server",
            .choice([("auto", "at once"), ("manual", "when somebody says so")])),
        FormField(
            "policy.all_down", "When all are down",
            .choice([("keep", "keep what is published"), ("first", "the highest priority"), ("all", "all servers")])),
        FormField("policy.fall", "Failed checks until down", .number, placeholder: "3"),
        FormField("policy.rise", "Good checks until up", .number, placeholder: "3"),
        FormField("policy.min_interval", "Between two changes", placeholder: "60s"),
    ]

    /// Of all fields.
    static func names(of provider: ProviderForm) -> Set<String> {
        Set((fields + policy).map(\.name) + provider.fields.map { "provider." + $0.name })
            .union(ServerForm.names.map { "server." + $0 })
    }

    init(_ state: FormState, token: String?) {
        self.state = state
        self.token = token
        provider = ProviderForm.of(state["provider.kind"])
    }

    var html: HTML {
        """
        <form id="add-scheme" class="card form" method="post" action="/add-scheme" data-leave>
        \(OrderForms(token: token).hidden)\(state.summary)\
        <fieldset><legend>Record</legend><div class="fields">\(Self.fields.map { $0.html(state, in: "scheme") })</div></fieldset>
        <fieldset><legend>Provider: \(provider.title)</legend>
        <input type="hidden" name="provider.kind" value="\(provider.kind)">
        <div class="fields">\(provider.fields.map { $0.prefixed("provider.").html(state, in: "scheme") })</div></fieldset>
        <fieldset><legend>First server</legend>
        \(ServerForm.html(first, in: "scheme", prefix: "server."))</fieldset>
        <details><summary>Policy</summary>
        <div class="fields">\(Self.policy.map { $0.html(state, in: "scheme") })</div></details>
        <div class="buttons"><button class="main">Add the scheme</button></div>
        </form>

        """
    }

    private var first: FormState {
        var state = state
        if state["server.priority"].isEmpty {
            state.values["server.priority"] = String(ServerForm.suggestedPriority(after: []))
        }
        return state
    }

    /// The kinds of provider, each of which has a page of its own.
    var choice: HTML {
        let links = ProviderForm.all.map { form -> HTML in
            let current: HTML = form.kind == provider.kind ? " aria-current=\"page\"" : .empty
            return "<li><a href=\"/add-scheme?kind=\(path: form.kind)\"\(current)>\(form.title)</a></li>\n"
        }
        return "<nav class=\"kinds\" aria-label=\"Provider\"><ul>\n\(links)</ul></nav>\n"
    }
}
