import DNSModel
import FoundationEssentials
import Glibc

/// How a watch shows what it sees.
protocol WatchDisplay {
    /// Takes new reports and what has changed since those before.
    mutating func show(_ reports: [PropagationReport], changes: [ReportChange], at now: Date) throws

    /// A second has passed, or the window has another size.
    mutating func refresh(at now: Date, isNewWindow: Bool)

    /// Stops the process until somebody wants it to go on.
    func suspend()

    /// Leaves the last state behind.
    mutating func finish(_ reports: [PropagationReport], at now: Date) throws
}

extension WatchDisplay {
    mutating func refresh(at now: Date, isNewWindow: Bool) {}

    func suspend() { raise(SIGSTOP) }
}

/// A terminal of which only what differs is rewritten. What was on it before comes back at the end.
struct ScreenDisplay: WatchDisplay {
    let color: ColorChoice
    let verbosity: Int
    private var reports: [PropagationReport] = []
    private var changes: [ReportChange] = []
    private var shown: [String]?

    init(color: ColorChoice, verbosity: Int) {
        self.color = color
        self.verbosity = verbosity
        StandardStream.output.write(Self.enter)
    }

    // The other screen, without its cursor and without wrapping of lines that are too long; then back.
    private static let enter = "\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l"
    private static let leave = "\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l"

    mutating func show(_ reports: [PropagationReport], changes: [ReportChange], at now: Date) {
        self.reports = reports
        self.changes += changes
        draw(at: now)
    }

    mutating func refresh(at now: Date, isNewWindow: Bool) {
        if isNewWindow {
            StandardStream.output.write(Self.enter)
            shown = nil
        }
        draw(at: now)
    }

    func suspend() {
        StandardStream.output.write(Self.leave)
        raise(SIGSTOP)
    }

    func finish(_ reports: [PropagationReport], at now: Date) {
        StandardStream.output.write(Self.leave)
        let style = Terminal.current.style(color: color, verbosity: verbosity)
        let lines = reports.map { ReportText($0, style: style).lines }.joined(separator: [""])
        StandardStream.output.write(lines.map { $0 + "\n" }.joined())
    }

    private mutating func draw(at now: Date) {
        let terminal = Terminal.current
        var style = terminal.style(color: color, verbosity: verbosity)
        style.now = now
        let lines = WatchText(reports, changes: changes, style: style).lines(rows: terminal.size?.rows ?? 24)
        StandardStream.output.write(ScreenUpdate(from: shown, to: lines).output)
        shown = lines
    }
}

/// One line for each change.
struct LogDisplay: WatchDisplay {
    let style: ReportStyle
    private var lastLine: String?

    init(style: ReportStyle) {
        self.style = style
    }

    mutating func show(_ reports: [PropagationReport], changes: [ReportChange], at now: Date) {
        for change in changes { write(change) }
    }

    mutating func finish(_ reports: [PropagationReport], at now: Date) {
        for report in reports {
            let final = ReportChange(stateOf: report, at: now)
            if lastLine != final.text || reports.count > 1 { write(final) }
        }
    }

    private mutating func write(_ change: ReportChange) {
        StandardStream.output.write(change.line(style, reference: change.time).rendered(colour: style.colour) + "\n")
        lastLine = change.text
    }
}

/// One JSON document a line for each change.
struct JSONLinesDisplay: WatchDisplay {
    func show(_ reports: [PropagationReport], changes: [ReportChange], at now: Date) throws {
        guard !changes.isEmpty else { return }
        try finish(reports, at: now)
    }

    func finish(_ reports: [PropagationReport], at now: Date) throws {
        StandardStream.output.write(try ResultPrinter.json(reports, pretty: false) + "\n")
    }
}

/// Nothing until the end, and then what a check prints.
struct FinalDisplay: WatchDisplay {
    let printer: ResultPrinter

    func show(_ reports: [PropagationReport], changes: [ReportChange], at now: Date) {}

    func finish(_ reports: [PropagationReport], at now: Date) throws {
        try printer.print(reports)
    }
}
