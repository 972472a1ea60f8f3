import DNSModel

/// Names and what belongs to them, as a list of descriptions.
struct Facts {
    private var rows: [HTML] = []

    mutating func add(_ label: String, _ value: HTML) {
        rows.append("<div><dt>\(label)</dt><dd>\(value)</dd></div>\n")
    }

    mutating func add(_ label: String, text: String) { add(label, "\(text)") }

    var html: HTML { rows.isEmpty ? .empty : "<dl class=\"facts\">\n\(rows)</dl>\n" }
}
