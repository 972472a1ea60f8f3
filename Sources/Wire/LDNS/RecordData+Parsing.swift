import DNSModel

extension RecordData {
    /// Reads presentation format: an address for A, `10 mail.example.` for MX, `\# 4 0A000001` for any type (RFC 3597 §5).
    ///
    /// Names are absolute with or without their trailing dot. TXT without quotes is one text, spaces included.
    package init(parsing text: String, type: RecordType) throws(RecordTextError) {
        throw RecordTextError(type: type, text: text, reason: "not read yet")
    }
}
