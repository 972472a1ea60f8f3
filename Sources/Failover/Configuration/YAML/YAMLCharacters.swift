import DNSModel

/// The octets of a YAML file as text.
enum YAMLCharacters {
    static func text(_ octets: [UInt8]) throws(SettingProblem) -> String {
        guard octets.count <= YAMLDocument.sizeLimit else {
            throw problem("is larger than \(YAMLDocument.sizeLimit >> 20) MiB, which no configuration needs")
        }
        if octets.starts(with: [0xFF, 0xFE]) || octets.starts(with: [0xFE, 0xFF]) {
            throw problem("is UTF-16: save it as UTF-8")
        }
        let octets = octets.starts(with: [0xEF, 0xBB, 0xBF]) ? octets.dropFirst(3) : octets[...]
        if let index = octets.firstIndex(where: isControl) {
            let code = String(octets[index], radix: 16, uppercase: true)
            throw SettingProblem(
                place: place(of: octets[..<index]), field: "",
                message: "the control character U+00\(code.count < 2 ? "0" : "")\(code) stands here: remove it")
        }
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw SettingProblem(
                place: placeOfError(octets), field: "",
                message: "is not UTF-8 from here on: save the file as UTF-8")
        }
        return text
    }

    private static func isControl(_ octet: UInt8) -> Bool {
        (octet < 0x20 && octet != 0x09 && octet != 0x0A && octet != 0x0D) || octet == 0x7F
    }

    private static func placeOfError(_ octets: ArraySlice<UInt8>) -> SettingNode.Place? {
        // A line is valid or not by itself.
        let lines = octets.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard let index = lines.firstIndex(where: { String(validating: $0, as: UTF8.self) == nil }) else { return nil }
        var decoder = UTF8()
        var rest = lines[index].makeIterator()
        var column = 1
        while case .scalarValue = decoder.decode(&rest) { column += 1 }
        return SettingNode.Place(line: index + 1, column: column)
    }

    /// The place behind `octets`.
    private static func place(of octets: ArraySlice<UInt8>) -> SettingNode.Place {
        let line = octets.count { $0 == UInt8(ascii: "\n") } + 1
        let start = octets.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? octets.startIndex
        let column = String(decoding: octets[start...], as: UTF8.self).unicodeScalars.count + 1
        return SettingNode.Place(line: line, column: column)
    }

    private static func problem(_ message: String) -> SettingProblem {
        SettingProblem(place: nil, field: "", message: message)
    }
}
