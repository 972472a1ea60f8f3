/// What a monitoring plugin printed: one line for people, and performance data behind a bar.
package struct PluginOutput: Hashable, Sendable {
    package var text: String
    package var performanceData: String?

    private static let longest = 300

    package init(_ output: String) {
        let line = output.split(whereSeparator: \.isNewline).first ?? ""
        let parts = line.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        text = Self.shown(parts.first ?? "")
        performanceData = parts.count > 1 ? Self.shown(parts[1]) : nil
        if performanceData?.isEmpty == true { performanceData = nil }
    }

    private static func shown(_ text: Substring) -> String {
        let start = text.drop { $0.isWhitespace }
        let trimmed = start.lastIndex { !$0.isWhitespace }.map { start[...$0] } ?? ""
        return String(PrintableText(String(trimmed)).text.prefix(longest))
    }
}
