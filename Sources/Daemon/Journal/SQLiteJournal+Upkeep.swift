import DNSModel
import FoundationEssentials
import GRDB
import ServiceLifecycle

extension SQLiteJournal: Service {
    /// Looks after the file until it is told to end: tries again to write what could not be written, looks for damage, and
    /// forgets what is too old. In the end it writes what waits; records that come after that are written, too.
    package func run() async throws {
        await cancelWhenGracefulShutdown { await self.lookAfterFile() }
        await flush()
    }

    private func lookAfterFile() async {
        await check()
        var nextPruning = now()
        while !Task.isCancelled {
            if now() >= nextPruning {
                await prune()
                nextPruning = now().addingTimeInterval(limits.upkeepInterval.seconds)
            }
            await flush()
            try? await clock.sleep(for: limits.retryInterval)
        }
    }

    /// Looks at every page of the file, and replaces it when one is damaged.
    package func check() async {
        guard let file else { return }
        do {
            try await file.check()
        } catch let error as DatabaseError where error.isDamage {
            await replace(file, because: error)
            await flush()
        } catch {
            // Whatever else keeps it from being read keeps it from being written, and is found then.
        }
    }

    /// Forgets what is too old or too much, in small steps: a change that is decided meanwhile waits for none of them long.
    package func prune() async {
        guard let file, trouble == nil else { return }
        let (retention, now) = (retention, now())
        do {
            while try await file.connections.write({ try $0.forget(retention, at: now, limit: 1000) }) {
                if Task.isCancelled { return }
            }
            _ = try await file.connections.writeWithoutTransaction {
                try $0.execute(sql: "PRAGMA incremental_vacuum(2000)")
            }
        } catch {
            await fail(JournalTrouble(error, path: path))
        }
    }
}
