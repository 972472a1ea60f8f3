import FoundationEssentials

/// A scheme's status for people: the verdict first, then the record, the servers, and what is going on.
package struct SchemeStatusText {
    package let lines: [String]

    package init(_ status: SchemeStatus, style: ReportStyle) {
        var text: [StyledText] = []
        text += Self.beside(
            StyledText("\(status.status.rawValue)  ", status.status.tone), "\(status.name): \(status.summary)", .strong,
            style)
        text.append(StyledText())
        text += Self.record(status, style)
        text.append(StyledText())
        text += Self.servers(status, style)
        let notes = Self.notes(status, style)
        if !notes.isEmpty { text.append(StyledText()) }
        text += notes
        lines = text.map { $0.truncated(to: style.width, ellipsis: style.ellipsis).rendered(colour: style.colour) }
    }

    private static func record(_ status: SchemeStatus, _ style: ReportStyle) -> [StyledText] {
        var rows: [(String, String)] = [("record", status.record + (status.ttl.map { ", TTL \($0)" } ?? ""))]
        if let alias = status.alias { rows.append(("alias", alias)) }
        for type in status.types {
            let published = status.published[type]
            let values = published.map { $0.values.isEmpty ? "none" : $0.values.joined(separator: ", ") } ?? "not known"
            rows.append((type, values + (published?.state == .mixed ? " (servers differ)" : "")))
        }
        if let because = status.selectedBecause {
            let names = status.selected.isEmpty ? "nobody" : status.selected.joined(separator: ", ")
            rows.append(("selected", "\(names): \(because)"))
        }
        return rows.flatMap { labelled($0, $1, style) }
    }

    private static func servers(_ status: SchemeStatus, _ style: ReportStyle) -> [StyledText] {
        var table = TextTable([
            .init(title: "server"), .init(title: "priority", isRightAligned: true, rank: 2), .init(title: "address"),
            .init(title: "health"), .init(title: "published", rank: 1), .init(title: "why", minimum: 12, rank: 0),
        ])
        for server in status.servers {
            let isPretended = status.orders.contains { $0.kind == "pretend" && $0.server == server.name }
            let health = server.maintenance == nil ? server.health.rawValue : "maintenance"
            let tone: StyledText.Tone = server.maintenance == nil ? server.health.tone : .warning
            table.append([
                StyledText(style.shown(server.name), server.isSelected ? .strong : .plain),
                StyledText("\(server.priority)"), StyledText(server.addresses.joined(separator: " ")),
                StyledText(health, tone), StyledText(server.isPublished ? "yes" : ""),
                StyledText(style.shown(isPretended ? server.reason : server.lastCheck ?? server.reason)),
            ])
        }
        return table.lines(width: style.width, ellipsis: style.ellipsis)
    }

    private static func notes(_ status: SchemeStatus, _ style: ReportStyle) -> [StyledText] {
        var rows: [(String, String)] = status.orders.map { order in
            ("order", order.text + (order.until.map { ", until \(style.clock($0, reference: status.at))" } ?? ""))
        }
        if let pending = status.pending {
            let until = pending.until.map { ", until \(style.clock($0, reference: status.at))" } ?? ""
            rows.append(("waits", "\(pending.reason): \(pending.hold)\(until)"))
        }
        if let following = status.following {
            let eta = following.etaBy.map { ", by \(style.clock($0, reference: status.at))" } ?? ""
            let reason = following.etaReason.map { ": \($0)" } ?? ""
            rows.append(("follows", "change \(following.change): \(following.text)\(eta)\(reason)"))
        }
        if let change = status.lastChange {
            rows.append(
                ("last", "change \(change.number) at \(style.clock(change.at, reference: status.at)): \(change.reason)")
            )
            rows += change.replies.map { ("reply", $0) }
        }
        rows += status.alerts.map { ("alert", "\($0.severity.rawValue): \($0.text)") }
        return rows.flatMap { labelled($0, $1, style) }
    }

    private static func labelled(_ label: String, _ text: String, _ style: ReportStyle) -> [StyledText] {
        beside(StyledText(label, .quiet).padded(to: 10), text, .plain, style)
    }

    /// Text that goes on below itself, not below the word before it.
    private static func beside(
        _ word: StyledText, _ text: String, _ tone: StyledText.Tone, _ style: ReportStyle
    ) -> [StyledText] {
        let lines = style.shown(text).wrapped(to: style.width - word.columns)
        return lines.enumerated().map { index, line in
            (index == 0 ? word : StyledText().padded(to: word.columns)) + StyledText(line, tone)
        }
    }
}

extension Health {
    fileprivate var tone: StyledText.Tone {
        switch self {
        case .ok: .good
        case .warn: .warning
        case .fail: .bad
        case .unknown: .quiet
        }
    }
}
