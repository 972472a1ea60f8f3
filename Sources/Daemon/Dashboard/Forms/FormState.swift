import DNSModel

/// What was typed into a form, and what is wrong with it. Secrets are not kept.
struct FormState: Sendable {
    var values: [String: String] = [:]
    /// By the names of fields.
    var problems: [String: String] = [:]
    /// Those that belong to no field.
    var others: [String] = []

    var isFaulty: Bool { !problems.isEmpty || !others.isEmpty }

    /// What the field has; blanks around it are nobody's wish.
    subscript(_ name: String) -> String {
        (values[name] ?? "").trimmed
    }

    /// Above the form: that something is wrong, and what no field can say.
    var summary: HTML {
        guard isFaulty else { return .empty }
        let items = (others + problems.sorted { $0.key < $1.key }.map(\.value)).map { problem -> HTML in
            "<li>\(problem)</li>"
        }
        return """
            <div class="problems" role="alert"><p>\(Mark(.cross, .bad, "Nothing was changed").html)</p>
            <ul>\(items)</ul></div>

            """
    }
}

extension String {
    var trimmed: String {
        guard let start = firstIndex(where: { !$0.isWhitespace }), let end = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[start...end])
    }
}
