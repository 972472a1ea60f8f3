import Glibc

/// What the system lets us have.
enum ResourceLimits {
    /// Takes as many open files as may be had without asking anybody: a connection, a query or a check is one each.
    static func raiseFiles() {
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        // More than that is not used, and programs that we start may close them one by one.
        limit.rlim_cur = min(limit.rlim_max, 65_536)
        setrlimit(resource, &limit)
    }
}
