import DNSModel

/// Writes queries. What depends on the options alone is built once by ldns; the rest is copied into place.
struct QueryEncoder {
    private var templates: [QueryOptions: QueryTemplate] = [:]
    private var last: (options: QueryOptions, template: QueryTemplate)?

    /// Writes a query with the ID 0, and gives the octets that the message and its question section take.
    ///
    /// `buffer` has room for `TransactionTable.messageCapacity` octets.
    mutating func encode(
        _ question: Question, _ options: QueryOptions, into buffer: UnsafeMutableBufferPointer<UInt8>
    ) -> (message: Int, question: Int) {
        let template = template(for: options)
        let name = question.name.wire
        let questionLength = name.count + 4
        precondition(12 + questionLength + template.tail.count <= buffer.count)
        _ = buffer.update(fromContentsOf: template.header)
        _ = buffer[12...].update(fromContentsOf: name)
        let end = 12 + name.count
        buffer[end] = UInt8(question.type.rawValue >> 8)
        buffer[end + 1] = UInt8(question.type.rawValue & 0xFF)
        buffer[end + 2] = UInt8(question.recordClass >> 8)
        buffer[end + 3] = UInt8(question.recordClass & 0xFF)
        _ = buffer[(end + 4)...].update(fromContentsOf: template.tail)
        return (end + 4 + template.tail.count, questionLength)
    }

    private mutating func template(for options: QueryOptions) -> QueryTemplate {
        if let last, last.options == options { return last.template }
        let template = templates[options] ?? QueryTemplate(options)
        // Client subnets could make endlessly many.
        if templates.count >= 256 { templates = [:] }
        templates[options] = template
        last = (options, template)
        return template
    }
}
