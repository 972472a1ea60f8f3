import GRDB
import Glibc

/// Why the file cannot be used, and what to do.
struct JournalTrouble {
    let text: String

    init(_ error: any Error, path: String) {
        self.init(Self.reason(error, path: path), path: path)
    }

    init(_ reason: String, path: String) {
        text =
            "the journal \(path) \(reason). Servers are watched and records are changed as before; what happens "
            + "meanwhile is kept in memory"
    }

    /// The disk has been waited for, for that long.
    static func silence(path: String, after patience: Duration) -> JournalTrouble {
        JournalTrouble(
            "cannot be written: the disk has not answered for \(patience.components.seconds) s; look at its health",
            path: path)
    }

    private static let full = "cannot grow: the disk is full; make room, and writing goes on by itself"

    private static func reason(_ error: any Error, path: String) -> String {
        guard let error = error as? DatabaseError else { return "cannot be written: \(error)" }
        let message = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        return switch error.resultCode {
        // Where there is no room for the shared memory of its log, SQLite knows of an I/O error only.
        case .SQLITE_IOERR where isDiskFull(path): Self.full
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_AUTH:
            "cannot be written: \(message); let the daemon's user write to the file and its directory"
        case .SQLITE_FULL: Self.full
        case .SQLITE_IOERR: "cannot be written: the disk reports an error (\(message)); see the kernel's log"
        case .SQLITE_BUSY, .SQLITE_LOCKED: "cannot be written: another program keeps it locked; end that program"
        default: "cannot be written: \(message)"
        }
    }

    /// Whether the file system of a file has not a block left for us.
    private static func isDiskFull(_ path: String) -> Bool {
        let directory = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        var status = statvfs()
        return statvfs(directory.isEmpty ? "/" : directory, &status) == 0 && status.f_bavail == 0
    }
}

/// Something about the journal itself that a person should know; whoever opened it makes an alert of it.
package struct JournalReport: Hashable, Sendable {
    /// False: it works again.
    package let isProblem: Bool
    package let text: String
}

/// Why a journal must not be used at all: another daemon has it, or it is not ours to write.
package struct JournalRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
}

extension DatabaseError {
    /// The file is no database, or one with something wrong inside.
    var isDamage: Bool { resultCode == .SQLITE_CORRUPT || resultCode == .SQLITE_NOTADB }

    /// Found by a check that does not throw.
    static func damage(_ complaint: String) -> DatabaseError {
        DatabaseError(resultCode: .SQLITE_CORRUPT, message: complaint)
    }
}
