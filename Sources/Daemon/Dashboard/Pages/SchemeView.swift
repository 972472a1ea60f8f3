import DNSModel
import Failover
import FoundationEssentials

/// All that a scheme's page shows.
struct SchemeView: Sendable {
    var status: SchemeStatus
    /// The latest of each question.
    var reports: [PropagationReport]
    /// The latest first. That of the change that is followed has come as far as it has by now.
    var changes: [ChangeRecord]
    /// The latest first.
    var history: [HistoryEntry]
    var now: Date

    /// Settings of the configuration file are the file's alone.
    var isReadOnly: Bool { status.source == .file }

    var times: TimeText { TimeText(reference: now) }

    /// When the servers and resolvers were last looked at.
    var lastLook: Date? { reports.map(\.reportedAt).max() }

    var isFollowing: Bool { status.following != nil }
}

extension PropagationReport {
    /// When it was judged.
    var reportedAt: Date { started.addingTimeInterval(Double(elapsedMS) / 1000) }
}
