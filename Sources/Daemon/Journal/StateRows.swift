import DNSModel
import Failover
import FoundationEssentials
import GRDB

/// What a scheme's controller must know after a restart.
struct MemoryRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "memory"

    var scheme: String
    var at: Double
    var body: String

    init(_ memory: FailoverMemory, of scheme: SchemeName, at date: Date) throws {
        self.scheme = scheme.text
        at = date.timeIntervalSince1970
        body = try FailoverJSON.text(of: memory)
    }
}

/// A scheme that was made while the daemon ran.
struct SchemeRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "scheme"
    static let databaseColumnEncodingStrategy = DatabaseColumnEncodingStrategy.convertToSnakeCase
    static let databaseColumnDecodingStrategy = DatabaseColumnDecodingStrategy.convertFromSnakeCase

    var name: String
    var settings: String
    var madeAt: Double
    var madeBy: String

    init(_ scheme: StoredScheme) {
        name = scheme.name.text
        settings = scheme.settings
        madeAt = scheme.madeAt.timeIntervalSince1970
        madeBy = scheme.madeBy
    }

    var scheme: StoredScheme {
        StoredScheme(
            name: SchemeName(name), settings: settings, madeAt: Date(timeIntervalSince1970: madeAt), madeBy: madeBy)
    }
}
