import DNSModel
package final class QueryEngine: Sendable {
    package func ask(_ queries: [Query], retry: RetryPolicy, onReply: @escaping @Sendable (Reply) -> Void) async {}
    package func replyStream(to queries: [Query], retry: RetryPolicy) -> AsyncStream<Reply> { AsyncStream { $0.finish() } }
    package func replies(to queries: [Query], retry: RetryPolicy) async -> [Reply] { [] }
}
