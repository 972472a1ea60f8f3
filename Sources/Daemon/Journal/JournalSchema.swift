import GRDB

/// The tables of the journal. A migration that was released is never changed: another one follows it.
enum JournalSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for (name, statements) in migrations {
            migrator.registerMigration(name) { try $0.execute(sql: statements) }
        }
        return migrator
    }

    /// In the order in which they are applied.
    static let migrations = [("1: events, changes, memories, schemes", first)]

    static var versions: [String] { migrations.map(\.0) }

    // Times of day are seconds since 1970. `body`, `plan`, `outcome` and `spread` are JSON. The application's number is
    // `dnsc`: by it file(1) and others tell what the file is.
    private static let first = """
        PRAGMA application_id = 0x646e7363;
        CREATE TABLE event (
            id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, scheme TEXT, kind TEXT NOT NULL, change INTEGER,
            body TEXT NOT NULL);
        CREATE INDEX event_scheme ON event (scheme, id);
        CREATE INDEX event_kind ON event (kind, id);
        CREATE INDEX event_at ON event (at);

        CREATE TABLE change (
            number INTEGER PRIMARY KEY, scheme TEXT NOT NULL, decided_at REAL NOT NULL, plan TEXT NOT NULL,
            outcome TEXT, outcome_at REAL, read_back TEXT, dropped TEXT, spread TEXT, spread_at REAL,
            authority_milliseconds INTEGER, is_open INTEGER NOT NULL, is_answered INTEGER NOT NULL);
        CREATE INDEX change_scheme ON change (scheme, number);
        CREATE INDEX change_open ON change (scheme) WHERE is_open;

        CREATE TABLE arrival (
            change INTEGER NOT NULL REFERENCES change ON DELETE CASCADE, operator TEXT NOT NULL,
            milliseconds INTEGER, PRIMARY KEY (change, operator)) WITHOUT ROWID;

        -- One row: the largest number that a change ever bore, which outlives the change.
        CREATE TABLE last_change (number INTEGER NOT NULL);
        INSERT INTO last_change VALUES (0);

        CREATE TABLE memory (scheme TEXT PRIMARY KEY, at REAL NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;

        CREATE TABLE scheme (
            name TEXT PRIMARY KEY, settings TEXT NOT NULL, made_at REAL NOT NULL, made_by TEXT NOT NULL) WITHOUT ROWID;
        """
}
