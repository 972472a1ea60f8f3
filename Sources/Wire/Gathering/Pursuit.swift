/// Drives a state machine whose actions lead to events and whose events lead to further actions.
enum Pursuit {
    /// How an action reports: any number of events until it returns.
    typealias Report<Event> = @Sendable (Event) -> Void

    /// Performs `actions` side by side and hands every event, in the order of arrival, to `handle`, whose actions join
    /// them. Returns when nothing is left to perform, or when the task is cancelled and what ran has ended.
    static func run<Action: Sendable, Event: Sendable>(
        _ actions: [Action], perform: @escaping @Sendable (Action, @escaping Report<Event>) async -> Void,
        handle: (Event) -> [Action]
    ) async {
        let (messages, feed) = AsyncStream<Event?>.makeStream()
        await withTaskGroup(of: Void.self) { group in
            func start(_ actions: [Action]) {
                for action in actions {
                    group.addTask {
                        await perform(action) { feed.yield($0) }
                        feed.yield(nil)
                    }
                }
            }
            start(actions)
            var running = actions.count
            var incoming = messages.makeAsyncIterator()
            while running > 0, let message = await incoming.next() {
                guard let event = message else {
                    running -= 1
                    continue
                }
                let next = handle(event)
                start(next)
                running += next.count
            }
            group.cancelAll()
        }
    }
}
