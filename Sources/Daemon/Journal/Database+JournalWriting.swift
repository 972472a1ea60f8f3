import DNSModel
import Failover
import FoundationEssentials
import GRDB

/// How records become rows.
extension Database {
    func write(_ record: JournalRecord) throws {
        try writeState(record)
        try writeHistory(record)
    }

    /// What the record means for those who start later.
    private func writeState(_ record: JournalRecord) throws {
        switch record.event {
        case .memory(let memory):
            if let scheme = record.scheme {
                try MemoryRow(memory, of: scheme, at: record.at).insert(self, onConflict: .replace)
            }
        case .schemeStored(let scheme): try SchemeRow(scheme).insert(self, onConflict: .replace)
        case .schemeRemoved: if let scheme = record.scheme { try remove(scheme) }
        case .intent(let plan): try raiseLastChange(to: plan.number)
        default: break
        }
    }

    /// What the record says of the past. The state is left as it is.
    func writeHistory(_ record: JournalRecord) throws {
        if var row = try EventRow(record) { try row.insert(self) }
        guard let number = record.event.change else { return }
        if case .intent(let plan) = record.event { try begin(plan) }
        // The change itself may be forgotten already.
        guard var change = try change(number) else { return }
        let former = change
        change.take(record.event, at: record.at)
        guard change != former else { return }
        try ChangeRow(change).update(self)
        if change.convergence != former.convergence { try writeArrivals(of: change) }
    }

    /// Puts what a start must know in the place of what the file has: for a file that is new, or that missed something.
    func replaceState(with state: JournalState, at now: Date) throws {
        try execute(sql: "DELETE FROM memory; DELETE FROM scheme")
        for (scheme, memory) in state.memories { try MemoryRow(memory, of: scheme, at: now).insert(self) }
        for scheme in state.schemes.values { try SchemeRow(scheme).insert(self) }
        for plan in state.openIntents.values { try begin(plan) }
        try raiseLastChange(to: state.lastChange)
    }

    private func begin(_ plan: ChangePlan) throws {
        // Of the changes of a scheme, only the last may be open.
        try execute(
            sql: "UPDATE change SET is_open = FALSE WHERE is_open AND scheme = ? AND number < ?",
            arguments: [plan.scheme.text, plan.number.value])
        try ChangeRow(ChangeRecord(plan: plan)).insert(self, onConflict: .ignore)
    }

    private func writeArrivals(of change: ChangeRecord) throws {
        try execute(sql: "DELETE FROM arrival WHERE change = ?", arguments: [change.plan.number.value])
        for row in ArrivalRow.rows(change) { try row.insert(self) }
    }

    private func raiseLastChange(to number: ChangeNumber) throws {
        try execute(sql: "UPDATE last_change SET number = max(number, ?)", arguments: [number.value])
    }

    private func remove(_ scheme: SchemeName) throws {
        try execute(sql: "DELETE FROM scheme WHERE name = ?", arguments: [scheme.text])
        try execute(sql: "DELETE FROM memory WHERE scheme = ?", arguments: [scheme.text])
        try execute(sql: "UPDATE change SET is_open = FALSE WHERE is_open AND scheme = ?", arguments: [scheme.text])
    }
}
