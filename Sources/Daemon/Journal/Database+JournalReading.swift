import DNSModel
import Failover
import FoundationEssentials
import GRDB

/// How rows become values again.
extension Database {
    /// What a start must know. It reads no part of the history, however long that is.
    func state() throws -> StoredState {
        var stored = StoredState()
        try readMemories(into: &stored)
        try readSchemes(into: &stored)
        try readChanges(into: &stored)
        return stored
    }

    /// As much of it as a damaged file still tells.
    func salvagedState() -> StoredState {
        var stored = StoredState()
        try? readMemories(into: &stored)
        try? readSchemes(into: &stored)
        try? readChanges(into: &stored)
        return stored
    }

    private func readMemories(into stored: inout StoredState) throws {
        for row in try MemoryRow.fetchAll(self) {
            let scheme = SchemeName(row.scheme)
            do {
                stored.state.memories[scheme] = try FailoverJSON.value(FailoverMemory.self, from: row.body)
            } catch {
                stored.unreadable[scheme] = row.body
            }
        }
    }

    private func readSchemes(into stored: inout StoredState) throws {
        for row in try SchemeRow.fetchAll(self) { stored.state.schemes[SchemeName(row.name)] = row.scheme }
    }

    private func readChanges(into stored: inout StoredState) throws {
        let number = try Int64.fetchOne(self, sql: "SELECT number FROM last_change")
        stored.state.lastChange = ChangeNumber(number ?? 0)
        for row in try ChangeRow.fetchAll(self, sql: "SELECT * FROM change WHERE is_open") {
            stored.state.openIntents[SchemeName(row.scheme)] = try? row.record([]).plan
        }
    }

    /// The latest first.
    func records(_ query: HistoryQuery) throws -> [JournalRecord] {
        var request = EventRow.order(Column("at").desc, Column("id").desc).limit(max(0, query.limit))
        if let scheme = query.scheme { request = request.filter(Column("scheme") == scheme.text) }
        if let since = query.since { request = request.filter(Column("at") >= since.timeIntervalSince1970) }
        if let until = query.until { request = request.filter(Column("at") <= until.timeIntervalSince1970) }
        if !query.kinds.isEmpty { request = request.filter(query.kinds.map(\.rawValue).contains(Column("kind"))) }
        return try request.fetchAll(self).map(\.record)
    }

    /// The latest first.
    func changes(of scheme: SchemeName?, limit: Int) throws -> [ChangeRecord] {
        var request = ChangeRow.order(Column("number").desc).limit(max(0, limit))
        if let scheme { request = request.filter(Column("scheme") == scheme.text) }
        return try request.fetchAll(self).compactMap(record)
    }

    func change(_ number: ChangeNumber) throws -> ChangeRecord? {
        try ChangeRow.fetchOne(self, key: number.value).flatMap(record)
    }

    func lastReply(of scheme: SchemeName) throws -> ChangeRecord? {
        try ChangeRow.filter(Column("scheme") == scheme.text && Column("is_answered"))
            .order(Column("number").desc).fetchOne(self).flatMap(record)
    }

    /// Nil for what another version has written and this one cannot read.
    private func record(_ row: ChangeRow) throws -> ChangeRecord? {
        let arrivals = try ArrivalRow.filter(Column("change") == row.number).fetchAll(self)
        do {
            return try row.record(arrivals)
        } catch is DecodingError {
            return nil
        }
    }
}

/// What a file has for those who start.
struct StoredState {
    var state = JournalState()
    /// Memories that this version cannot read, as they stand.
    var unreadable: [SchemeName: String] = [:]
}
