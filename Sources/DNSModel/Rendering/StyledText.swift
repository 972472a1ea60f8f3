/// A piece of a line on a terminal: text and what its colour says, which its words say too.
package struct StyledText: Hashable, Sendable {
    package enum Tone: Hashable, Sendable {
        case plain, good, warning, bad, quiet, strong

        /// The parameter of the terminal's SGR sequence (ECMA-48 §8.3.117).
        fileprivate var sgr: String? {
            switch self {
            case .plain: nil
            case .good: "32"
            case .warning: "33"
            case .bad: "1;31"
            case .quiet: "2"
            case .strong: "1"
            }
        }
    }

    private struct Run: Hashable, Sendable {
        var text: String
        var tone: Tone
    }

    private var runs: [Run]

    package init(_ text: String = "", _ tone: Tone = .plain) {
        runs = text.isEmpty ? [] : [Run(text: text, tone: tone)]
    }

    /// How wide it is on a terminal.
    package var columns: Int { runs.reduce(0) { $0 + $1.text.columns } }

    package var isEmpty: Bool { runs.isEmpty }

    package var plainText: String { runs.map(\.text).joined() }

    /// What is written: with SGR sequences, or the bare text. Blanks at the end are left out.
    package func rendered(colour: Bool) -> String {
        let trimmed = trimmingEnd()
        guard colour else { return trimmed.plainText }
        return trimmed.runs.map { run in
            run.tone.sgr.map { "\u{1B}[\($0)m\(run.text)\u{1B}[0m" } ?? run.text
        }.joined()
    }

    package static func + (a: StyledText, b: StyledText) -> StyledText {
        var sum = a
        sum.runs += b.runs
        return sum
    }

    package static func += (a: inout StyledText, b: StyledText) { a.runs += b.runs }

    /// With blanks at the end, or before it, up to a width.
    package func padded(to width: Int, leading: Bool = false) -> StyledText {
        let blanks = StyledText(String(repeating: " ", count: max(0, width - columns)))
        return leading ? blanks + self : self + blanks
    }

    /// Cut to a width, with an ellipsis where something is missing.
    package func truncated(to width: Int, ellipsis: String) -> StyledText {
        guard columns > width else { return self }
        var left = width - ellipsis.columns
        guard left >= 0 else { return StyledText() }
        var kept = StyledText()
        for run in runs {
            let text = run.text.prefix(columns: left)
            kept += StyledText(text, run.tone)
            left -= text.columns
            if text.count < run.text.count { return kept + StyledText(ellipsis, run.tone) }
        }
        return kept
    }

    private func trimmingEnd() -> StyledText {
        var trimmed = self
        while var last = trimmed.runs.popLast() {
            while last.text.last == " " { last.text.removeLast() }
            guard last.text.isEmpty else {
                trimmed.runs.append(last)
                break
            }
        }
        return trimmed
    }
}

extension StringProtocol {
    /// As much of the beginning as fits a width.
    func prefix(columns width: Int) -> String {
        var left = width
        return String(
            prefix { character in
                left -= String(character).columns
                return left >= 0
            })
    }

    /// Broken at blanks into lines that fit a width; a word that is longer is cut where it has to be.
    func wrapped(to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in split(separator: " ") {
            var rest = word[...]
            var columns = word.columns
            if !line.isEmpty, line.columns + 1 + columns > width {
                lines.append(line)
                line = ""
            }
            while columns > width, width > 1 {
                let head = rest.prefix(columns: width)
                guard !head.isEmpty else { break }
                lines.append(head)
                rest = rest.dropFirst(head.count)
                columns -= head.columns
            }
            line += line.isEmpty ? String(rest) : " " + rest
        }
        return line.isEmpty ? lines : lines + [line]
    }
}
