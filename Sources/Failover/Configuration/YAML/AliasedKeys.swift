import DNSModel

/// Yams compares all keys of a group, and a key may be a list of aliases of lists of aliases, which stands for more than
/// can ever be compared. Such a document is told by its text.
enum AliasedKeys {
    /// So few aliases cannot stand for much.
    private static let harmless = 24

    /// Refuses a text with many aliases in which a key looks like a list, a group or an alias. Our settings have no such
    /// keys; a text in quotes may look like one, but hardly where there are that many aliases as well.
    static func refuse(in text: String) throws(SettingProblem) {
        let octets = Array(text.utf8)
        var aliases = 0
        var firstKey: Int?
        for (index, octet) in octets.enumerated() {
            switch octet {
            case UInt8(ascii: "*") where isTokenStart(octets, index):
                aliases += 1
                if isKey(octets, endingBefore: nameEnd(octets, index)) { firstKey = firstKey ?? index }
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                if isKey(octets, endingBefore: index + 1) { firstKey = firstKey ?? index }
            case UInt8(ascii: "?") where isTokenStart(octets, index):
                if index + 1 < octets.count, isSpace(octets[index + 1]) { firstKey = firstKey ?? index }
            default: break
            }
        }
        guard aliases > harmless, let firstKey else { return }
        let line = octets[..<firstKey].count { $0 == UInt8(ascii: "\n") } + 1
        throw SettingProblem(
            place: SettingNode.Place(line: line, column: 1), field: "",
            message: "a key is an alias, a list or a group: give a word")
    }

    private static func isTokenStart(_ octets: [UInt8], _ index: Int) -> Bool {
        guard index > 0 else { return true }
        return isSpace(octets[index - 1]) || "[{,".utf8.contains(octets[index - 1])
    }

    private static func nameEnd(_ octets: [UInt8], _ index: Int) -> Int {
        octets[index...].firstIndex { isSpace($0) || ",[]{}".utf8.contains($0) } ?? octets.count
    }

    /// Whether a colon follows, behind spaces or not.
    private static func isKey(_ octets: [UInt8], endingBefore end: Int) -> Bool {
        octets[end...].first { $0 != UInt8(ascii: " ") } == UInt8(ascii: ":")
    }

    private static func isSpace(_ octet: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(octet) }
}
