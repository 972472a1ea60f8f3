import DNSModel
import Wire

extension CheckOrder {
    /// One report for each type that is asked, in their order.
    func check() async throws -> [PropagationReport] { try await evidence().map(PropagationReport.init) }

    /// What was gathered for each type that is asked, in their order.
    func evidence() async throws -> [GatheredEvidence] {
        let looks = try looks()
        return await withTaskGroup(of: (Int, GatheredEvidence).self) { group in
            for (index, look) in looks.enumerated() {
                group.addTask { (index, await look.check()) }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    /// Reports on each type, whenever one changes, until every one has converged or the deadline is over. Ending the
    /// iteration earlier cancels the watch.
    func watch() -> AsyncThrowingStream<[PropagationReport], any Error> {
        let (stream, continuation) = AsyncThrowingStream.makeStream(of: [PropagationReport].self)
        let task = Task {
            do {
                await follow(try looks()) { continuation.yield($0) }
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
            }
        }
        continuation.onTermination = { _ in task.cancel() }
        return stream
    }

    private func follow(_ looks: [PropagationLook], onReports: ([PropagationReport]) -> Void) async {
        let (changes, feed) = AsyncStream<(Int, PropagationReport)?>.makeStream()
        await withTaskGroup(of: Void.self) { group in
            for (index, look) in looks.enumerated() {
                group.addTask {
                    _ = await look.follow(deadline: settings.deadline) { feed.yield((index, $0)) }
                    feed.yield(nil)
                }
            }
            var latest: [Int: PropagationReport] = [:]
            var running = looks.count
            var incoming = changes.makeAsyncIterator()
            while running > 0, let change = await incoming.next() {
                guard let (index, report) = change else {
                    running -= 1
                    continue
                }
                latest[index] = report
                if latest.count == looks.count { onReports(latest.sorted { $0.key < $1.key }.map(\.value)) }
            }
            group.cancelAll()
        }
    }

    func trust() throws -> TLSTrust { try TLSTrust.forCommand(certificateFile: settings.certificateFile) }

    private func looks() throws -> [PropagationLook] {
        let engine = try QueryEngine.forCommand(trust: trust())
        let looks = settings.subjects.map {
            PropagationLook($0, settings: settings, list: list, root: root, engine: engine)
        }
        guard looks.allSatisfy(\.hasRoute) else {
            let families = settings.families.map(\.rawValue).sorted().joined(separator: " or ")
            throw CommandFailure(
                "no network: this machine has no \(families) route to any server that would be asked; see 'ip route'")
        }
        return looks
    }
}
