extension RecordData {
    /// TXT data as one text, cut only where a character-string is full; other data as they are.
    ///
    /// Who publishes a text may cut it anywhere, and readers join the pieces (RFC 7208 §3.3): `"a" "b"` and `"ab"` are
    /// then equal. The text shown stays as received.
    package var joiningStrings: RecordData {
        guard let joined = joinedStrings else { return self }
        var octets: [UInt8] = []
        for start in stride(from: 0, to: max(1, joined.count), by: 255) {
            let string = joined[start..<min(start + 255, joined.count)]
            octets.append(UInt8(string.count))
            octets += string
        }
        return RecordData(type: type, octets: octets, text: text)
    }
}
