extension Duration {
    /// Reads `250ms`, `10s`, `5m`, `1h30m`, `7d` or `0`; a number needs its unit.
    package init?(setting text: String) {
        guard text != "0" else {
            self = .zero
            return
        }
        var total = Duration.zero
        var rest = text[...]
        var units = Self.settingUnits[...]
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            let unit = rest.dropFirst(digits.count).prefix { !$0.isNumber }
            // Larger units come first, and none comes twice.
            guard digits.count <= 9, let count = Int64(digits), let index = units.firstIndex(where: { $0.name == unit })
            else { return nil }
            total += .milliseconds(count * units[index].milliseconds)
            units = units[(index + 1)...]
            rest = rest.dropFirst(digits.count + unit.count)
        }
        self = total
    }

    private static let settingUnits: [(name: Substring, milliseconds: Int64)] = [
        ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// As it would be written in a configuration, to the millisecond: `1h30m`, `250ms`.
    package var settingText: String {
        var rest = Int64(max(0, wholeMilliseconds))
        guard rest > 0 else { return "0" }
        var text = ""
        for unit in Self.settingUnits where rest >= unit.milliseconds {
            text += "\(rest / unit.milliseconds)\(unit.name)"
            rest %= unit.milliseconds
        }
        return text
    }
}
