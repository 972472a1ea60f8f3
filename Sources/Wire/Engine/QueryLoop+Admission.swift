import CSys
import DNSModel

/// Batches come in here, and their queries wait until their server has room.
extension QueryLoop {
    mutating func begin(_ batch: Batch) {
        guard !batch.isCancelled, !isClosed else {
            for index in batch.indices { give(up: batch, index, .cancelled) }
            return
        }
        if transactions.count == 0, queuedServers.isEmpty { servers.forgetIfMany() }
        for index in batch.indices {
            let server = servers.number(of: batch.queries[Int(index)].endpoint)
            if let reason = servers[server].address.unusable {
                give(up: batch, index, .unreachable(reason))
                continue
            }
            servers[server].waiting.append(Server.Waiting(batch: batch, index: index))
            enqueue(server)
        }
    }

    /// Starts as many waiting queries as there is room for, each server in turn.
    mutating func admit() {
        now = csys_now()
        while transactions.hasRoom, let server = queuedServers.popFirst() {
            servers[server].isQueued = false
            guard servers[server].pace.hasRoom, let waiting = servers[server].waiting.popFirst() else { continue }
            start(waiting, at: server)
            enqueue(server)
        }
    }

    private mutating func enqueue(_ server: Int32) {
        guard !servers[server].isQueued, servers[server].pace.hasRoom, !servers[server].waiting.isEmpty else { return }
        servers[server].isQueued = true
        queuedServers.append(server)
    }

    private mutating func start(_ waiting: Server.Waiting, at server: Int32) {
        let place = Int(waiting.index)
        let isTCP = waiting.batch.queries[place].endpoint.transport == .tcp
        let transaction = Transaction(
            batch: waiting.batch, index: waiting.index, server: server, phase: isTCP ? .tcp : .udp, startedAt: now,
            deadline: now + waiting.batch.timing.deadline,
            usesEDNS: waiting.batch.queries[place].options.ednsPayloadSize != nil)
        guard let slot = transactions.add(transaction) else { return }
        servers[server].pace.recordStart()
        encode(slot)
        isTCP ? tryTCP(slot) : tryUDP(slot)
    }

    /// Writes the message of a slot, with or without EDNS as the transaction says.
    mutating func encode(_ slot: Int) {
        let batch = transactions[slot].batch
        let place = Int(transactions[slot].index)
        var options = batch.queries[place].options
        if !transactions[slot].usesEDNS { options.ednsPayloadSize = nil }
        let lengths = encoder.encode(batch.queries[place].question, options, into: transactions.message(slot))
        transactions[slot].messageLength = lengths.message
        transactions[slot].questionLength = lengths.question
    }

    /// Ends a transaction and tells its batch.
    mutating func finish(_ slot: Int, _ result: Result<Response, QueryFailure>, sentAt: UInt64? = nil) {
        timers.clear(slot)
        forgetAttempts(slot)
        leaveConnection(slot, isAnswered: (try? result.get()) != nil)
        let transaction = transactions.remove(slot)
        servers[transaction.server].pace.recordEnd()
        enqueue(transaction.server)
        let reply = Reply(
            index: Int(transaction.index), result: result, receivedAt: date,
            rtt: .nanoseconds(Int64(now &- (sentAt ?? transaction.startedAt))),
            transport: transaction.phase == .tcp ? .tcp : .udp,
            tries: max(1, transaction.earlierTries + transaction.tries), usedEDNS: transaction.usesEDNS)
        if transaction.batch.deliver(reply) { finished.append(transaction.batch) }
    }

    /// Ends a query that never started.
    private mutating func give(up batch: Batch, _ index: Int32, _ failure: QueryFailure) {
        let reply = Reply(
            index: Int(index), result: .failure(failure), receivedAt: date, rtt: .zero,
            transport: batch.queries[Int(index)].endpoint.transport, tries: 0, usedEDNS: false)
        if batch.deliver(reply) { finished.append(batch) }
    }

    mutating func cancel(_ batch: Batch) {
        batch.isCancelled = true
        end { $0 === batch }
    }

    mutating func close() {
        isClosed = true
        end { _ in true }
        connections.closeAll()
        sockets.closeAll()
    }

    /// Ends what is outstanding or waits in the batches that match.
    private mutating func end(where matches: (Batch) -> Bool) {
        for slot in transactions.live where matches(transactions[slot].batch) { finish(slot, .failure(.cancelled)) }
        for server in 0..<Int32(servers.count) {
            let waiting = servers[server].waiting.removeAll { matches($0.batch) }
            for query in waiting { give(up: query.batch, query.index, .cancelled) }
        }
    }
}
