import FoundationEssentials

/// A forecast for people: what would be done, why, and what would have to wait; then how the scheme would be.
package struct ForecastText {
    package let lines: [String]

    package init(_ forecast: Forecast, style: ReportStyle) {
        var rows: [(String, String)] = []
        if let refusal = forecast.refusal { rows.append(("refused", refusal)) }
        if let because = forecast.because {
            let names = forecast.selected.isEmpty ? "nobody" : forecast.selected.joined(separator: ", ")
            rows.append(("decision", "\(names): \(because)"))
        }
        rows += forecast.changes.map { ("would send", $0.text) }
        if !forecast.changes.isEmpty, let reason = forecast.reason { rows.append(("because", reason)) }
        rows += forecast.held.map { ("wants", $0.text) }
        if let hold = forecast.hold {
            let until = forecast.holdUntil.map { ", until \(style.clock($0, reference: forecast.after.at))" } ?? ""
            rows.append(("holds", hold + until))
        }
        if forecast.changes.isEmpty, forecast.refusal == nil, forecast.hold == nil {
            rows.append(("would send", "nothing: the record is as it should be"))
        }
        rows += forecast.notes.map { ("would note", $0) } + forecast.alerts.map { ("would tell", $0) }
        let plan = rows.map { label, text in
            (StyledText(label, .quiet).padded(to: 12) + StyledText(style.shown(text))).rendered(colour: style.colour)
        }
        lines = plan + [""] + SchemeStatusText(forecast.after, style: style).lines
    }
}
