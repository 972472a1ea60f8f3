import DNSModel

/// Asks many servers many questions at once: one event-loop thread, many thousands of queries in flight.
///
/// Transports `udp` and `tcp` are the engine's own; messages for `tls` and `https` go to its `MessageExchange`. A reply is
/// accepted only when source, ID and question match its query. UDP falls back to TCP when an answer is truncated, and to
/// a query without EDNS when the server does not understand it.
package final class QueryEngine: Sendable {
    package struct Configuration: Sendable {
        /// How many UDP sockets, each on a random port, share the queries of one family of addresses: 1 to 64.
        package var socketsPerFamily = 16
        /// How many queries may be outstanding over all, at most 60,000; the rest wait.
        package var maximumInFlight = 10_000
        /// How many may be outstanding at one server address once it has shown that it keeps up.
        package var maximumInFlightPerServer = 1024
        /// How long an idle TCP connection is kept for the next query (RFC 7766 §6.2.3).
        package var tcpIdleTimeout: Duration = .seconds(5)
        /// Carries messages over TLS and HTTPS; without it such endpoints fail.
        package var secureExchange: (any MessageExchange)?
        /// Whether it is counted how queries end.
        package var countsOutcomes = false

        package init() {}
    }

    private let loop: EventLoop
    let secureExchange: (any MessageExchange)?
    let securePace = SecurePace()
    private let tally: QueryTally?

    package init(configuration: Configuration = Configuration()) throws(WireError) {
        loop = try EventLoop(configuration: configuration)
        secureExchange = configuration.secureExchange
        tally = configuration.countsOutcomes ? QueryTally() : nil
    }

    deinit {
        loop.submit(.close(thenExit: true))
    }

    /// The engine's thread. A task that prefers it gets its replies without changing threads; it must not block.
    package var executor: any TaskExecutor { loop }

    /// What has been sent and received so far: at least up to the last reply that was handed out.
    package var counters: EngineCounters { loop.counters }

    /// How queries have ended, by words such as `noerror` and `timeout`; empty where that is not counted.
    package var outcomes: [String: Int] { tally?.counts ?? [:] }

    /// Asks all `queries`, and hands each one's reply to `onReply` exactly once, as it comes; returns after the last.
    ///
    /// `onReply` runs on the engine's thread, which it should not keep busy. A query's deadline starts when it is first
    /// sent. Cancelling the task ends all that are outstanding with `cancelled`.
    package func ask(
        _ queries: [Query], retry: RetryPolicy = RetryPolicy(), onReply: @escaping @Sendable (Reply) -> Void
    ) async {
        guard let tally else { return await askAll(queries, retry, onReply) }
        await askAll(queries, retry) { reply in
            tally.count(reply)
            onReply(reply)
        }
    }

    private func askAll(
        _ queries: [Query], _ retry: RetryPolicy, _ onReply: @escaping @Sendable (Reply) -> Void
    ) async {
        let direct = queries.indices.filter { !queries[$0].endpoint.transport.isSecure }.map(Int32.init)
        guard direct.count < queries.count else { return await askDirectly(queries, direct, retry, onReply) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.askDirectly(queries, direct, retry, onReply) }
            for index in queries.indices where queries[index].endpoint.transport.isSecure {
                group.addTask(executorPreference: executor) {
                    onReply(await self.askSecurely(queries[index], at: index, retry))
                }
            }
        }
    }

    /// Ends whatever is outstanding with `cancelled` and closes all sockets. Later queries end the same way.
    package func close() {
        loop.submit(.close(thenExit: false))
    }

    private func askDirectly(
        _ queries: [Query], _ indices: [Int32], _ retry: RetryPolicy, _ onReply: @escaping @Sendable (Reply) -> Void
    ) async {
        guard !indices.isEmpty else { return }
        let cancellation = BatchCancellation(loop)
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                let batch = Batch(queries, at: indices, retry: retry, onReply: onReply, continuation: continuation)
                cancellation.begin(batch)
            }
        } onCancel: {
            cancellation.cancel()
        }
    }
}

extension Endpoint.Transport {
    /// Whether messages go through TLS, and so through a `MessageExchange`.
    var isSecure: Bool { self == .tls || self == .https }
}
