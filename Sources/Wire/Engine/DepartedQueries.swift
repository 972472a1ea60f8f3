/// The keys of queries that ended without waiting for all their answers, so that one that comes yet is known to be late.
struct DepartedQueries {
    private static let limit = 1024

    private var keys: [PendingTable.Key] = []
    private var next = 0

    mutating func append(_ key: PendingTable.Key) {
        if keys.count < Self.limit {
            keys.append(key)
        } else {
            keys[next] = key
            next = (next + 1) % Self.limit
        }
    }

    func contains(_ key: PendingTable.Key) -> Bool { keys.contains(key) }
}
