/// A limit on how long something may take.
enum Deadline {
    /// Runs `body`, and cancels it when `limit` has passed; `body` then returns what it has. Nil is no limit.
    static func run<Value: Sendable>(
        _ limit: Duration?, clock: some Clock<Duration> = .continuous, _ body: @escaping @Sendable () async -> Value
    ) async -> Value {
        guard let limit else { return await body() }
        return await withTaskGroup(of: Value?.self) { group in
            group.addTask { await body() }
            group.addTask {
                try? await clock.sleep(for: limit)
                return nil
            }
            // Whichever ends first, the other is not waited for any longer than it takes to cancel it.
            var value: Value?
            while value == nil, let ended = await group.next() {
                value = ended
                group.cancelAll()
            }
            guard let value else { preconditionFailure("the body returns a value, also when it is cancelled") }
            return value
        }
    }
}
