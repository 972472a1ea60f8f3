import FoundationEssentials
import Glibc

/// Keeps a second daemon away from the same store for as long as it lives; the system takes the lock back when the process
/// ends, however it ends.
package final class StoreLock: Sendable {
    package enum Failure: Error, Hashable, Sendable {
        /// The process that has it, where that is known.
        case held(by: pid_t?)
        /// The lock file cannot be had, and why: `Read-only file system`.
        case unavailable(String)
    }

    private let file: Int32

    /// Locks `PATH.lock`, which is made when there is none and stays when the lock goes: taking it away would let two
    /// daemons lock two files of that name.
    package init(store path: String) throws(Failure) {
        file = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .unavailable(String(cString: strerror(errno))) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            defer { close(file) }
            throw reason == EWOULDBLOCK ? .held(by: Self.holder(file)) : .unavailable(String(cString: strerror(reason)))
        }
        // For people and for the message above; the lock holds without it.
        let text = "\(getpid())\n"
        ftruncate(file, 0)
        _ = pwrite(file, text, text.utf8.count, 0)
    }

    deinit { close(file) }

    private static func holder(_ file: Int32) -> pid_t? {
        var octets = [UInt8](repeating: 0, count: 20)
        let count = pread(file, &octets, octets.count, 0)
        return pid_t(String(decoding: octets.prefix(max(0, count)).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}
