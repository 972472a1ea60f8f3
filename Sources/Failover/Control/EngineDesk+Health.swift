import DNSModel

extension EngineDesk {
    /// What an engine that lives answers within.
    private static let patience = Duration.seconds(5)

    /// Whether the engine answers at all.
    package func isAlive() async -> Bool {
        let (answers, feed) = AsyncStream.makeStream(of: Bool.self)
        let question = Task {
            _ = await engine.names
            feed.yield(true)
        }
        let limit = Task {
            try? await ContinuousClock().sleep(for: Self.patience)
            feed.yield(false)
        }
        defer { for task in [question, limit] { task.cancel() } }
        return await answers.first { _ in true } ?? false
    }

    /// What the daemon still has to find out before it can be relied on; empty when it is ready.
    package func obstacles() async -> [String] {
        var obstacles: [String] = []
        for engine in await engine.schemes {
            let controller = await engine.controller
            guard !controller.state.isSettled else { continue }
            let unseen = controller.types.contains { controller.state.authority.served[$0] == nil }
            obstacles.append(
                "\(controller.scheme.name): "
                    + (unseen ? "the authoritative servers have not answered yet" : "health is not known yet"))
        }
        return obstacles
    }
}
