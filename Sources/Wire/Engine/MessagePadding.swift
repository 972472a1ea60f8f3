extension [UInt8] {
    /// As long as RFC 8467 §4.1 recommends for queries: a multiple of it, so that their length tells little of the name.
    private static let block = 128

    /// Pads a query by the option of RFC 7830. Its last record is OPT, which begins at `opt`.
    mutating func padQuery(optAt opt: Int) {
        let options = opt + 9
        precondition(options + 2 <= count, "a query's last record is OPT")
        let bare = count + 4
        let padding = (Self.block - bare % Self.block) % Self.block
        append(EDNSOption.padding)
        append(UInt16(padding))
        append(contentsOf: repeatElement(0, count: padding))
        let length = UInt16(count - options - 2)
        self[options] = UInt8(length >> 8)
        self[options + 1] = UInt8(length & 0xFF)
    }

    private mutating func append(_ number: UInt16) {
        append(UInt8(number >> 8))
        append(UInt8(number & 0xFF))
    }
}
