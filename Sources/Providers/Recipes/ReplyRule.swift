import DNSModel

/// When a reply counts as something: all of the conditions that are there must hold. Without any, a success does.
struct ReplyRule: Sendable {
    var statuses: [ClosedRange<Int>] = []
    /// Leads to a member of a JSON document, which must be one of `values`.
    var pointer: String?
    var values: Set<String> = []
    /// What the body's first line, or its first word, must be.
    var words: Set<String> = []
    /// What one of the body's lines must be.
    var lines: Set<String> = []

    func matches(_ reply: ServiceReply) -> Bool {
        guard statuses.isEmpty ? reply.isSuccess || isSpecific : statuses.contains(where: { $0.contains(reply.status) })
        else { return false }
        if let pointer {
            let found = try? JSONNode(parsing: reply.body).at(pointer: pointer)?.scalarText
            guard let found, values.contains(found) else { return false }
        }
        if !lines.isEmpty, lines.isDisjoint(with: reply.lines) { return false }
        guard !words.isEmpty else { return true }
        let line = reply.lines.first ?? ""
        return words.contains(line) || words.contains(String(line.prefix { !$0.isWhitespace && $0 != "|" }))
    }

    /// Whether it asks for anything besides the status.
    private var isSpecific: Bool { pointer != nil || !words.isEmpty || !lines.isEmpty }
}

extension ServiceReply {
    /// The body's lines that are not empty, with single blanks between their words.
    var lines: [String] {
        String(decoding: body, as: UTF8.self).split(whereSeparator: \.isNewline)
            .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }.filter { !$0.isEmpty }
    }
}
