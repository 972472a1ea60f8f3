import DNSModel
import Failover
import FoundationEssentials
import GRDB

extension SQLiteJournal {
    /// Has notes written after a while, together with those that come until then.
    func gather() {
        guard !isGathering else { return }
        isGathering = true
        // It keeps the journal no longer than others do.
        Task { [weak self, clock, limits] in
            try? await clock.sleep(for: limits.gathering)
            await self?.writeGathered()
        }
    }

    private func writeGathered() {
        isGathering = false
        startWriting()
    }

    /// Writes what waits, in a task of its own: whoever waits for a commit may be cancelled, the commit may not.
    func startWriting() {
        guard !isWriting, now() >= retryAt else { return }
        isWriting = true
        Task { await writeAll() }
    }

    private func writeAll() async {
        repeat {
            (writing, waiting) = (waiting, [])
            let watch = Task { [weak self, clock, limits] in
                try await clock.sleep(for: limits.patience)
                await self?.loseDisk()
            }
            let durability = await write()
            watch.cancel()
            answer(durability)
        } while !waiting.isEmpty
        isWriting = false
    }

    private func answer(_ durability: Durability) {
        let told = writing
        writing = []
        for continuation in told { continuation.resume(returning: durability) }
    }

    /// The disk does not answer: nobody waits for it any longer, until it does.
    private func loseDisk() async {
        guard !Task.isCancelled else { return }
        let trouble = JournalTrouble.silence(path: path, after: limits.patience)
        // What is being written cannot be called back; what came later is tried when it has ended.
        retryAt = .distantFuture
        (writing, waiting) = (writing + waiting, [])
        answer(.inMemory(trouble.text))
        await fail(trouble, retryAt: .distantFuture)
    }

    /// Writes the backlog as it is now.
    private func write() async -> Durability {
        do {
            repeat {
                do {
                    try await writeSome()
                } catch let error as DatabaseError where error.isDamage {
                    guard let file else { throw error }
                    await replace(file, because: error)
                    try await writeSome()
                }
            } while !isClosed && (lacksState || !backlog.isEmpty)
        } catch {
            return await fail(JournalTrouble(error, path: path))
        }
        await succeed()
        return .durable
    }

    /// Writes the oldest groups, as many as one transaction should have, behind the state if the file lacks that.
    private func writeSome() async throws {
        if file == nil, !isClosed {
            try open()
            lacksState = true
            backlog.leaveState()
        }
        guard let file, lacksState || !backlog.isEmpty else { return }
        let groups = backlog.first(2000)
        let state = lacksState ? current : nil
        let now = now()
        try await file.connections.write { database in
            if let state { try database.replaceState(with: state, at: now) }
            for group in groups {
                for record in group.records {
                    try group.isHistoryOnly ? database.writeHistory(record) : database.write(record)
                }
            }
        }
        // A file that was found to be damaged meanwhile has another one in its place, which lacks what was just written.
        guard let used = self.file, used === file else { return }
        if state != nil { lacksState = false }
        backlog.remove(groups.count)
    }

    /// Says once that writing fails.
    @discardableResult
    func fail(_ trouble: JournalTrouble, retryAt: Date? = nil) async -> Durability {
        let isNew = self.trouble == nil
        self.trouble = trouble.text
        self.retryAt = retryAt ?? now().addingTimeInterval(limits.retryInterval.seconds)
        lacksState = true
        backlog.leaveState()
        backlog.forgetExcess()
        if isNew { await report(JournalReport(isProblem: true, text: trouble.text)) }
        return .inMemory(trouble.text)
    }

    /// Says once that writing works again.
    private func succeed() async {
        guard trouble != nil, !isClosed else { return }
        trouble = nil
        retryAt = .distantPast
        let losses = backlog.lost == 0 ? "" : ", but for the oldest \(backlog.lost) records"
        backlog.forgiveLosses()
        let text = "the journal \(path) is written again; what happened meanwhile is in it\(losses)"
        await report(JournalReport(isProblem: false, text: text))
    }
}
