import DNSModel
import Failover
import Foundation
import GRDB
import Glibc

/// An open SQLite file of the journal.
///
/// Write-ahead logging lets the API read while changes are written, and makes a commit one append. `synchronous = FULL`
/// makes every commit wait until the log is on the disk: with WAL's usual `NORMAL` a commit outlives the process but not
/// the loss of power, and a change whose intent is lost might be sent twice.
struct JournalFile: Sendable {
    let connections: any DatabaseWriter

    static func === (a: JournalFile, b: JournalFile) -> Bool { a.connections === b.connections }

    /// Opens the file, or makes it, and brings its tables up to date. Throws `JournalRefusal` for a file that is not ours.
    init(path: String) throws {
        try Self.make(path)
        try Self.refuseStrangers(path)
        let pool = try DatabasePool(path: path, configuration: Self.configuration)
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        try JournalSchema.migrator.migrate(pool)
        try pool.read { try Self.checkState($0) }
        connections = pool
    }

    /// A database that ends with the process.
    init() throws {
        connections = try DatabaseQueue(configuration: Self.configuration)
        try JournalSchema.migrator.migrate(connections)
    }

    /// Closes the file as far as nobody reads it. The last to close it takes the log into it and removes the log; readers
    /// may not do that, so they go first.
    func close() {
        (connections as? DatabasePool)?.invalidateReadOnlyConnections()
        try? connections.close()
    }

    /// What a start must know, as far as a file still tells that cannot be used: because another part of it is damaged, or
    /// because nothing can be written beside it.
    static func salvagedState(_ path: String) -> StoredState? {
        guard access(path, R_OK) == 0 else { return nil }
        // Without shared memory beside the file, for which a full disk has no room.
        var exclusive = GRDB.Configuration()
        exclusive.prepareDatabase { try $0.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
        var readOnly = GRDB.Configuration()
        readOnly.readonly = true
        // Neither locked nor touched, and without what is in the log alone (sqlite.org/uri.html).
        let escaped = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
        let unlogged = "file:\(escaped)?immutable=1"
        let hasLog = access(path + "-wal", F_OK) == 0
        let ways = (hasLog ? [(path, exclusive), (path, readOnly)] : []) + [(unlogged, readOnly)]
        return ways.lazy.compactMap { name, configuration in
            try? DatabaseQueue(path: name, configuration: configuration).read { $0.salvagedState() }
        }.first
    }

    /// What a start would find, without touching the file or whoever uses it; nil when there is none that can be read.
    static func peek(_ path: String) -> StoredState? {
        guard access(path, R_OK) == 0 else { return nil }
        var readOnly = GRDB.Configuration()
        readOnly.readonly = true
        let escaped = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
        return [path, "file:\(escaped)?immutable=1"].lazy.compactMap { name in
            try? DatabaseQueue(path: name, configuration: readOnly).read { try $0.state() }
        }.first
    }

    /// Renames the files, and says how the first is called now.
    static func setAside(_ path: String, now: Date) throws -> String {
        let stamp = now.formatted(.iso8601).filter { (character: Character) in character != ":" && character != "-" }
        var name = "\(path).damaged-\(stamp)"
        var copies = 1
        while access(name, F_OK) == 0 {
            copies += 1
            name = "\(path).damaged-\(stamp)-\(copies)"
        }
        for suffix in ["-wal", "-shm", ""] where access(path + suffix, F_OK) == 0 {
            guard rename(path + suffix, name + suffix) == 0 else {
                throw DatabaseError(resultCode: .SQLITE_CANTOPEN, message: String(cString: strerror(errno)))
            }
        }
        return name
    }

    /// Looks at every page; with a long history that takes seconds.
    func check() async throws {
        let complaint = try await connections.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
        if let complaint, complaint != "ok" { throw DatabaseError.damage(complaint) }
    }

    private static var configuration: GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.label = "journal"
        configuration.maximumReaderCount = 4
        configuration.busyMode = .timeout(3)
        configuration.prepareDatabase { database in
            guard !database.configuration.readonly else { return }
            try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_size_limit = 16777216")
        }
        return configuration
    }

    /// Makes the directory in which the file will stand.
    static func makeDirectory(of path: String) {
        let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        if !directory.isEmpty, access(directory, F_OK) != 0 {
            try? FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }
    }

    /// Replies of providers are nobody else's business. SQLite gives its other files the same permissions.
    private static func make(_ path: String) throws {
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw DatabaseError(resultCode: .SQLITE_CANTOPEN, message: String(cString: strerror(errno)))
        }
        Glibc.close(file)
    }

    private static func refuseStrangers(_ path: String) throws {
        var configuration = configuration
        configuration.readonly = true
        try DatabaseQueue(path: path, configuration: configuration).read { database in
            let migrator = JournalSchema.migrator
            if try migrator.hasBeenSuperseded(database) {
                throw JournalRefusal(
                    description: "\(path): was written by a later version; install that one, or give another store")
            }
            let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
            if tables > 0, try migrator.appliedIdentifiers(database).isEmpty {
                throw JournalRefusal(
                    description: "\(path): is the database of another program; give a path of its own as store")
            }
        }
    }

    /// Only the tables that a start reads: the history may have millions of pages.
    private static func checkState(_ database: Database) throws {
        for table in ["memory", "scheme", "last_change", "change"] {
            let complaint = try String.fetchOne(database, sql: "PRAGMA quick_check(\(table))")
            if let complaint, complaint != "ok" { throw DatabaseError.damage(complaint) }
        }
    }
}
