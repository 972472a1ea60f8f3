import DNSModel

extension OutputInspection {
    /// What every reader of plugins relies on (Monitoring Plugins Development Guidelines).
    func inspectPlugin(using dice: inout Dice) throws(FuzzFailure) {
        let output = NagiosOutput(
            reports, options: options, deadline: dice.pick(nil, .seconds(9)), verbosity: dice.below(4)
        ).text
        try require(output.utf8.allSatisfy { $0 == 10 || (0x20..<0x7F).contains($0) }, "a plugin prints ASCII")
        try require(output.utf8.count < 4096, "a plugin prints less than 4 KiB")
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
        let parts = (lines.first ?? "").split(separator: "|", omittingEmptySubsequences: false)
        try require(parts.count == 2, "one bar stands in the first line")
        try require(!lines.dropFirst().contains { $0.contains("|") }, "no bar stands in the details")
        try require(parts[0].utf8.count <= 80, "the line is short: \(parts[0])")
        for figure in parts[1].split(separator: " ") {
            try require(Self.isFigure(figure), "performance data are well-formed: \(figure)")
        }
    }

    /// `label=value[unit];[warn];[crit];[min];[max]`
    private static func isFigure(_ text: Substring) -> Bool {
        let sides = text.split(separator: "=", omittingEmptySubsequences: false)
        guard sides.count == 2, !sides[0].isEmpty, !sides[0].contains("'") else { return false }
        let fields = sides[1].split(separator: ";", omittingEmptySubsequences: false)
        guard (1...5).contains(fields.count) else { return false }
        let value = fields[0].prefix { "-.0123456789U".contains($0) }
        let ranges = fields.dropFirst().prefix(2)
        let limits = fields.dropFirst(3)
        return (value == "U" || Double(value) != nil)
            && ["", "s", "ms", "%"].contains(fields[0].dropFirst(value.count))
            && ranges.allSatisfy { $0.isEmpty || NagiosRange(String($0)) != nil }
            && limits.allSatisfy { $0.isEmpty || Double($0) != nil }
    }
}
