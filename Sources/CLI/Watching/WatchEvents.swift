import DNSModel

/// What a watch waits for, in one sequence: reports, seconds and signals.
enum WatchEvents {
    /// Ends after the last report. Ending the iteration earlier cancels the watch.
    static func stream(
        _ order: CheckOrder, signals: AsyncStream<Int32>, clock: some Clock<Duration> = ContinuousClock()
    ) -> AsyncStream<WatchEvent> {
        let (stream, continuation) = AsyncStream.makeStream(of: WatchEvent.self)
        let sources = Task {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await signal in signals { continuation.yield(.signal(signal)) }
                }
                group.addTask {
                    while (try? await clock.sleep(for: .seconds(1))) != nil { continuation.yield(.second) }
                }
                group.addTask { await watch(order, continuation) }
            }
        }
        continuation.onTermination = { _ in sources.cancel() }
        return stream
    }

    private static func watch(_ order: CheckOrder, _ continuation: AsyncStream<WatchEvent>.Continuation) async {
        do {
            for try await reports in order.watch() { continuation.yield(.reports(reports)) }
        } catch let failure as CommandFailure {
            continuation.yield(.failure(failure))
        } catch {
            continuation.yield(.failure(CommandFailure("\(error)")))
        }
        continuation.yield(.end)
        continuation.finish()
    }
}
