import DNSModel
import Failover
import GRDB

extension SQLiteJournal {
    package func records(_ query: HistoryQuery) async -> [JournalRecord] {
        await reading { database in
            try database.records(query)
        } merging: { written, backlog in
            let recent = backlog.records.reversed().lazy.filter(query.includes)
            return Array((Array(recent.prefix(query.limit)) + written).prefix(max(0, query.limit)))
        }
    }

    package func changes(of scheme: SchemeName?, limit: Int) async -> [ChangeRecord] {
        await reading { database in
            try database.changes(of: scheme, limit: limit)
        } merging: { written, backlog in
            var changes = Array(written.reversed())
            for record in backlog.records where scheme == nil || record.scheme == scheme { changes.take(record) }
            return Array(changes.reversed().prefix(max(0, limit)))
        }
    }

    package func lastReply(of scheme: SchemeName) async -> ChangeRecord? {
        // Newer ones may wait to be written, but not many of one scheme.
        if let recent = await changes(of: scheme, limit: 10).first(where: \.isAnswered) { return recent }
        return await reading {
            try $0.lastReply(of: scheme).map { [$0] } ?? []
        } merging: { written, _ in
            written
        }.first
    }

    /// Reads from the file, and puts what waits to be written beside it: only that when the file cannot be read.
    private func reading<Row: Sendable>(
        _ read: @escaping @Sendable (Database) throws -> [Row],
        merging: ([Row], JournalBacklog) -> [Row]
    ) async -> [Row] {
        var rows: [Row] = []
        for _ in 0..<5 {
            let departures = backlog.departures
            rows = await rowsOfFile(read)
            // Else what was written while we read may be in both places.
            if departures == backlog.departures { break }
        }
        return merging(rows, backlog)
    }

    private func rowsOfFile<Row: Sendable>(_ read: @escaping @Sendable (Database) throws -> [Row]) async -> [Row] {
        guard let file else { return [] }
        do {
            return try await file.connections.read(read)
        } catch let error as DatabaseError where error.isDamage {
            await replace(file, because: error)
            return []
        } catch {
            return []
        }
    }
}
