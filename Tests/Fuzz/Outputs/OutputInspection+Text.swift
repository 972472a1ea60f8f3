import DNSModel
import FoundationEssentials

extension OutputInspection {
    func inspectText(_ report: PropagationReport, using dice: inout Dice) throws(FuzzFailure) {
        let style = dice.style()
        try inspect(ReportText(report, style: style).lines, style)
        if dice.oneIn(4) { try inspectWatch(report, style, using: &dice) }
    }

    /// What `watch` shows, and how it gets onto the screen.
    private func inspectWatch(
        _ report: PropagationReport, _ style: ReportStyle, using dice: inout Dice
    ) throws(FuzzFailure) {
        let changes = ReportChange.changes(from: dice.pick(nil, reports.first), to: report)
        try inspect(
            changes.map { $0.line(style, reference: Scene.start).rendered(colour: style.colour) }, style, width: .max)
        let rows = dice.pick(1, 2, 5, 24, 60)
        let lines = WatchText([report], changes: changes, style: style).lines(rows: rows)
        try require(lines.count <= rows, "watch fills at most \(rows) rows, not \(lines.count)")
        try inspect(lines, style)
        let other = dice.some(of: lines)
        _ = ScreenUpdate(from: dice.pick(nil, other), to: lines)
    }

    private func inspect(_ lines: [String], _ style: ReportStyle, width: Int? = nil) throws(FuzzFailure) {
        let width = width ?? min(max(style.columns, 20), ReportStyle.widest)
        for line in lines {
            let bare = style.colour ? Self.withoutColours(line) : line
            try require(
                bare.unicodeScalars.allSatisfy(Self.isHarmless), "text moves no cursor: \(bare.debugDescription)")
            try require(style.unicode || bare.utf8.allSatisfy { $0 < 0x80 }, "text is ASCII on request: \(bare)")
            try require(bare.columns <= width, "lines fit \(width) columns: \(bare)")
        }
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
        default: true
        }
    }

    /// Without `ESC [ numbers m`.
    private static func withoutColours(_ line: String) -> String {
        var rest = line.unicodeScalars[...]
        var bare = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            let parameters = rest.dropFirst().prefix { "0123456789;".unicodeScalars.contains($0) }
            if scalar == "\u{1B}", rest.first == "[", rest[parameters.endIndex...].first == "m" {
                rest = rest[parameters.endIndex...].dropFirst()
            } else {
                bare.append(scalar)
            }
        }
        return String(bare)
    }
}

extension Dice {
    /// How a report may have to be written.
    fileprivate mutating func style() -> ReportStyle {
        var style = ReportStyle()
        style.columns = pick(0, 20, 40, 80, 80, 200, 65_535)
        style.colour = oneIn(2)
        style.unicode = !oneIn(3)
        style.verbosity = below(3)
        style.isCompact = oneIn(4)
        style.utcOffset = pick(0, 3600, -43_200, 50_400)
        style.now = once(in: 2) { $0.time() }
        return style
    }
}
