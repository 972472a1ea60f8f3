import DNSModel

/// A watch, shown in the form that was asked for.
struct WatchSession {
    let order: CheckOrder
    let output: OutputOptions
    let printer: ResultPrinter

    /// Follows until the end, or a signal; `report` sees every state. Gives the last one.
    func follow(
        _ signals: AsyncStream<Int32>, report: @escaping ([PropagationReport]) -> Void
    ) async throws -> [PropagationReport] {
        switch output.chosenFormat {
        case .text where printer.terminal.canRedraw:
            return try await follow(ScreenDisplay(color: output.color, verbosity: output.verbose), signals, report)
        case .text:
            let style = printer.terminal.style(color: output.color, verbosity: output.verbose)
            return try await follow(LogDisplay(style: style), signals, report)
        case .json: return try await follow(JSONLinesDisplay(), signals, report)
        case .nagios, .okerr: return try await follow(FinalDisplay(printer: printer), signals, report)
        }
    }

    private func follow(
        _ display: some WatchDisplay, _ signals: AsyncStream<Int32>, _ report: @escaping ([PropagationReport]) -> Void
    ) async throws -> [PropagationReport] {
        var watcher = Watcher(ReportingDisplay(display, report: report))
        try await watcher.follow(WatchEvents.stream(order, signals: signals))
        return watcher.reports
    }
}
