import Glibc

/// How many connections there may be.
struct ConnectionLimits: Hashable, Sendable {
    /// In all. Beyond it, those make room that have waited longest without anybody having logged in over them.
    var all: Int
    /// Of one client.
    var perClient: Int

    /// As many as leave enough files to the checks, the queries and the journal.
    static var current: ConnectionLimits {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return ConnectionLimits(all: 256, perClient: 128)
        }
        let files = Int(clamping: limit.rlim_cur)
        let all = max(16, min(2048, (files - 256) / 2))
        return ConnectionLimits(all: all, perClient: max(8, all / 2))
    }
}
