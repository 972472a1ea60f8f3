import DNSModel
import Failover
import FoundationEssentials
import GRDB

extension SQLiteJournal {
    /// Opens the file for the first time.
    func begin() async throws(JournalRefusal) {
        do {
            try open()
        } catch let refusal as JournalRefusal {
            throw refusal
        } catch let error as DatabaseError where error.isDamage {
            adopt(JournalFile.salvagedState(path) ?? StoredState())
            await replace(nil, because: error)
        } catch {
            adopt(JournalFile.salvagedState(path) ?? StoredState())
            await fail(JournalTrouble(error, path: path))
        }
    }

    /// Opens the file, and takes over what it has for those who start.
    func open() throws {
        JournalFile.makeDirectory(of: path)
        if lock == nil { lock = try Self.lock(path) }
        let opened = try JournalFile(path: path)
        adopt(try opened.connections.read { try $0.state() })
        file = opened
    }

    /// What is known already is newer.
    private func adopt(_ stored: StoredState) {
        current.lastChange = max(current.lastChange, stored.state.lastChange)
        current.memories.merge(stored.state.memories) { known, _ in known }
        current.openIntents.merge(stored.state.openIntents) { known, _ in known }
        current.schemes.merge(stored.state.schemes) { known, _ in known }
        for (scheme, text) in stored.unreadable where current.memories[scheme] == nil {
            backlog.append([
                JournalRecord(
                    at: now(), scheme: scheme,
                    .act(
                        who: "journal",
                        what:
                            "what the scheme had to remember cannot be read by this version: its orders must be given "
                            + "again; it was \(text)"))
            ])
        }
    }

    /// Sets the file aside, and goes on with a new one that is given all of the state.
    func replace(_ damaged: JournalFile?, because error: DatabaseError) async {
        // Whoever else used the damaged file may have replaced it already.
        if let file, let damaged, !(file === damaged) { return }
        damaged?.close()
        file = nil
        let reason = error.message ?? "SQLite error \(error.resultCode.rawValue)"
        do {
            let name = try JournalFile.setAside(path, now: now())
            file = try JournalFile(path: path)
            lacksState = true
            backlog.leaveState()
            let kept = current == JournalState() ? "nothing could be saved from it" : "orders in force are kept"
            let text =
                "the journal \(path) was damaged (\(reason)); it is now called \(name), a new one was begun, and \(kept); "
                + "“sqlite3 \(name) .recover” may show the history"
            backlog.append([JournalRecord(at: now(), scheme: nil, .act(who: "journal", what: text))])
            await report(JournalReport(isProblem: true, text: text))
        } catch {
            await fail(
                JournalTrouble("is damaged (\(reason)) and cannot be set aside: \(error)", path: path))
        }
    }

    private static func lock(_ path: String) throws -> StoreLock {
        do {
            return try StoreLock(store: path)
        } catch {
            switch error {
            case .held(let process):
                let holder = process.map { "process \($0)" } ?? "another process"
                throw JournalRefusal(
                    description: "the store \(path) is used by \(holder); end that daemon first, or give this one a "
                        + "store of its own")
            case .unavailable(let reason): throw DatabaseError(resultCode: .SQLITE_CANTOPEN, message: reason)
            }
        }
    }
}
