import DNSModel
import Synchronization

extension QueryEngine {
    /// The replies to `queries`, in their order.
    package func replies(to queries: [Query], retry: RetryPolicy = RetryPolicy()) async -> [Reply] {
        let collector = ReplyCollector(capacity: queries.count)
        await ask(queries, retry: retry) { collector.add($0) }
        return collector.sorted()
    }

    package func reply(to query: Query, retry: RetryPolicy = RetryPolicy()) async -> Reply {
        await replies(to: [query], retry: retry)[0]
    }

    /// The replies to `queries` as they come. Ending the iteration cancels those still outstanding.
    package func replyStream(to queries: [Query], retry: RetryPolicy = RetryPolicy()) -> AsyncStream<Reply> {
        let (stream, continuation) = AsyncStream.makeStream(of: Reply.self)
        let asking = Task {
            await ask(queries, retry: retry) { continuation.yield($0) }
            continuation.finish()
        }
        continuation.onTermination = { _ in asking.cancel() }
        return stream
    }
}

/// Gathers the replies of one batch.
private final class ReplyCollector: Sendable {
    private let replies: Mutex<[Reply]>

    init(capacity: Int) {
        replies = Mutex([])
        replies.withLock { $0.reserveCapacity(capacity) }
    }

    func add(_ reply: Reply) {
        replies.withLock { $0.append(reply) }
    }

    func sorted() -> [Reply] {
        replies.withLock { $0 }.sorted { $0.index < $1.index }
    }
}
