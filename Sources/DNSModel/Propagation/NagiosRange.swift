/// A threshold of a monitoring plugin: `[@]start:end`. It alerts outside the range, or inside with `@`.
package struct NagiosRange: Sendable, Hashable {
    package let start: Double
    package let end: Double
    package let alertsInside: Bool
    private let text: String

    /// Reads `10`, `10:`, `~:10`, `10:20` or `@10:20`; nil for anything else, and when start lies beyond end.
    package init?(_ text: String) {
        let body = text.hasPrefix("@") ? text.dropFirst() : text[...]
        let parts = body.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let start = parts.count == 1 ? 0 : Self.start(parts[0]),
            let last = parts.last, let end = Self.end(last, isAlone: parts.count == 1), start <= end
        else { return nil }
        self.start = start
        self.end = end
        alertsInside = text.hasPrefix("@")
        self.text = text
    }

    /// Whether the value lies within the range; both ends belong to it.
    package func contains(_ value: Double) -> Bool { (start...end).contains(value) }

    package func alerts(for value: Double) -> Bool { contains(value) == alertsInside }

    private static func start(_ text: Substring) -> Double? {
        switch text {
        case "": 0
        case "~": -.infinity
        default: number(text)
        }
    }

    private static func end(_ text: Substring, isAlone: Bool) -> Double? {
        text.isEmpty && !isAlone ? .infinity : number(text)
    }

    /// Digits with at most one point and a sign; neither exponents nor `inf`.
    private static func number(_ text: Substring) -> Double? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text
        guard digits.utf8.contains(where: \.isASCIIDigit),
            digits.utf8.allSatisfy({ $0.isASCIIDigit || $0 == UInt8(ascii: ".") })
        else { return nil }
        return Double(text)
    }
}

extension NagiosRange: CustomStringConvertible {
    /// As it was written, which is how performance data repeat it.
    package var description: String { text }
}
