import DNSModel

extension RecordData {
    /// A TXT record's text with its pieces joined, as services take it that cut it themselves; other data as text.
    var characterStrings: String {
        guard type == .txt else { return text }
        var text: [UInt8] = []
        var rest = octets[...]
        while let length = rest.popFirst() {
            text += rest.prefix(Int(length))
            rest = rest.dropFirst(Int(length))
        }
        return String(decoding: text, as: UTF8.self)
    }
}
