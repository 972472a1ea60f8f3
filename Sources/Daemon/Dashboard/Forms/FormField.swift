import DNSModel

/// A field with its label, a hint, and what is wrong with what was typed.
struct FormField: Sendable {
    enum Kind: Sendable {
        case text
        case number
        /// Never sent back.
        case secret
        /// The words that may be chosen, and what they are called.
        case choice([(word: String, title: String)])
        /// Any text; these are proposed.
        case proposals(list: String)
    }

    /// As the setting is called: `record.name`.
    let name: String
    let label: String
    var kind = Kind.text
    var hint = ""
    var isRequired = false
    var placeholder = ""

    init(
        _ name: String, _ label: String, _ kind: Kind = .text, hint: String = "", placeholder: String = "",
        isRequired: Bool = false
    ) {
        self.name = name
        self.label = label
        self.kind = kind
        self.hint = hint
        self.placeholder = placeholder
        self.isRequired = isRequired
    }

    /// `form` makes the ids of the fields of several forms differ.
    func html(_ state: FormState, in form: String) -> HTML {
        let id = "\(form)-\(name)"
        let problem = state.problems[name]
        let described = [hint.isEmpty ? nil : "\(id)-hint", problem == nil ? nil : "\(id)-problem"].compactMap { $0 }
        var attributes: HTML = "id=\"\(id)\" name=\"\(name)\""
        if !described.isEmpty { attributes += " aria-describedby=\"\(described.joined(separator: " "))\"" }
        if problem != nil { attributes += " aria-invalid=\"true\" autofocus" }
        if isRequired { attributes += " required" }
        let mark: HTML = isRequired ? " <span class=\"dim\" aria-hidden=\"true\">required</span>" : .empty
        let note: HTML = hint.isEmpty ? .empty : "<small id=\"\(id)-hint\">\(hint)</small>"
        let wrong: HTML = problem.map { "<span class=\"problem\" id=\"\(id)-problem\">\($0)</span>" } ?? .empty
        return """
            <div class="field"><label for="\(id)">\(label)\(mark)</label>
            \(control(attributes, state))\(note)\(wrong)</div>

            """
    }

    private func control(_ attributes: HTML, _ state: FormState) -> HTML {
        var attributes = attributes
        if !placeholder.isEmpty { attributes += " placeholder=\"\(placeholder)\"" }
        let value = state[name]
        switch kind {
        case .text: return "<input \(attributes) value=\"\(value)\" spellcheck=\"false\" autocapitalize=\"off\">\n"
        case .number: return "<input \(attributes) value=\"\(value)\" inputmode=\"numeric\">\n"
        case .secret: return "<input \(attributes) type=\"password\" autocomplete=\"off\">\n"
        case .proposals(let list): return "<input \(attributes) value=\"\(value)\" list=\"\(list)\">\n"
        case .choice(let words):
            let options = words.map { word, title -> HTML in
                let chosen: HTML = word == value ? " selected" : .empty
                return "<option value=\"\(word)\"\(chosen)>\(title)</option>"
            }
            return "<select \(attributes)>\(options)</select>\n"
        }
    }
}
