import DNSModel

/// What a reply is like; everything that is given must hold.
struct ReplyRule: Hashable, Sendable {
    /// One of these statuses; any when there are none.
    var statuses: [ClosedRange<Int>] = []
    /// The body is a JSON document.
    var isJSON = false
    /// A JSON pointer (RFC 6901) into the body, and what it must lead to.
    var pointer: String?
    var equals: [String] = []
    /// What the body's first word must be one of.
    var firstWords: [String] = []
    /// Of these the body must have one, anywhere.
    var words: [String] = []
    /// For a refusal: what is to be done about it.
    var advice: String?

    func matches(status: Int, body: [UInt8]) -> Bool {
        guard statuses.isEmpty || statuses.contains(where: { $0.contains(status) }) else { return false }
        if isJSON || pointer != nil {
            guard let document = try? JSONNode(parsing: body) else { return false }
            let value = pointer.flatMap { document.at(pointer: $0)?.scalarText }
            guard pointer == nil || value.map({ equals.contains($0) }) == true else { return false }
        }
        guard !firstWords.isEmpty || !words.isEmpty else { return true }
        let found = String(decoding: body, as: UTF8.self).split { $0.isWhitespace }.map(String.init)
        guard firstWords.isEmpty || found.first.map({ firstWords.contains($0) }) == true else { return false }
        return words.isEmpty || found.contains { words.contains($0) }
    }
}
