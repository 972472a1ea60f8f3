import DNSModel

/// The record: what it is, what it should be, who publishes it, and what the provider said last.
struct RecordSection {
    private let view: SchemeView
    private let forms: OrderForms

    init(_ view: SchemeView, forms: OrderForms) {
        self.view = view
        self.forms = forms
    }

    var html: HTML {
        """
        <section id="record" class="card" aria-labelledby="record-title">
        <h2 id="record-title">Record \(origin)</h2>
        \(facts)\(reply)\(orders)\(forms.schemeActions(view))</section>

        """
    }

    private var status: SchemeStatus { view.status }

    private var origin: HTML {
        view.isReadOnly
            ? "<span class=\"tag\">read-only: from the configuration file</span>"
            : status.source == .store ? "<span class=\"tag\">added while running</span>" : .empty
    }

    private var facts: HTML {
        var facts = Facts()
        let ttl = status.ttl.map { ", TTL \($0)" } ?? ""
        facts.add("Name", "<code>\(status.record)</code> \(status.types.joined(separator: ", "))\(ttl)")
        if let alias = status.alias { facts.add("Alias", "<code>\(alias)</code>, which people use") }
        for type in status.types { facts.add("\(type) published", published(type)) }
        if let because = status.selectedBecause {
            let names = status.selected.isEmpty ? "nobody" : status.selected.joined(separator: ", ")
            facts.add("Selected", "<strong>\(names)</strong>: \(because)")
        }
        if let pending = status.pending {
            let until: HTML = pending.until.map { ", \(view.times.countdown(to: $0, from: view.now))" } ?? .empty
            facts.add("Waits", "\(pending.reason): \(pending.hold)\(until)")
        }
        if let provider = status.provider { facts.add("Provider", "<code>\(provider)</code>") }
        if let change = status.lastChange {
            facts.add(
                "Last change",
                "\(change.number), \(view.times.html(change.at, isAge: true)): \(change.reason)")
        }
        return facts.html
    }

    private func published(_ type: String) -> HTML {
        let published = status.published[type]
        let values = published?.values ?? []
        let text: HTML = values.isEmpty ? "no record" : Self.codes(values)
        switch published?.state {
        case .agreed:
            let isRight = status.expected[type].map { Set($0) == Set(values) } ?? true
            return isRight ? text : "\(text), wanted: \(Self.codes(status.expected[type] ?? []))"
        case .mixed: return "\(text) \(Mark(.clock, .warn, "the servers differ").html)"
        case .unknown, nil: return Mark(.question, .dim, "no server has answered yet").html
        }
    }

    static func codes(_ values: [String]) -> HTML {
        values.map { value -> HTML in "<code>\(value)</code>" }.joined(separator: " ")
    }

    /// The provider's own words.
    private var reply: HTML {
        guard let change = status.lastChange, !change.replies.isEmpty else { return .empty }
        let mark = change.taken ? Mark(.check, .good, "taken") : Mark(.cross, .bad, "not taken")
        return """
            <figure class="reply"><figcaption>Provider’s last reply \(mark.html)</figcaption>
            <pre>\(lines: change.replies.joined(separator: "\n"))</pre></figure>

            """
    }

    private var orders: HTML {
        guard !status.orders.isEmpty else { return .empty }
        let items = status.orders.map { order -> HTML in
            let until: HTML = order.until.map { " for \(view.times.countdown(to: $0, from: view.now))" } ?? .empty
            return "<li>\(order.mark.icon)<span>\(order.text)\(until)</span> \(forms.end(order, of: view))</li>\n"
        }
        return "<h3>Orders in force</h3>\n<ul class=\"orders\">\n\(items)</ul>\n"
    }
}

extension SchemeStatus.OrderLine {
    var mark: Mark {
        switch kind {
        case "pin": Mark(.pin, .warn, kind)
        case "freeze": Mark(.flake, .warn, kind)
        case "maintenance": .maintenance
        default: Mark(.dot, .warn, kind)
        }
    }
}
