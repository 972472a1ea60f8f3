import CSys
import DNSModel
import Glibc

/// Queries over TCP: on request, and after a truncated answer.
extension QueryLoop {
    /// Sends the query of a slot on a connection to its server, which may have to be opened first.
    mutating func tryTCP(_ slot: Int) {
        leaveConnection(slot, isAnswered: false)
        let peer = servers[transactions[slot].server].address
        let isSingle = transactions[slot].usesFreshPort
        do throws(WireError) {
            guard let number = try connection(to: peer, isSingle: isSingle) else {
                awaitingSocket.append(Int32(slot))
                timers.set(slot, to: transactions[slot].deadline)
                return
            }
            post(slot, onConnection: number)
        } catch {
            fail(slot, QueryFailure(opening: error, peer.family))
        }
    }

    /// Nil when there are too many already.
    private mutating func connection(to peer: SocketAddress, isSingle: Bool) throws(WireError) -> Int? {
        if !isSingle, let number = connections.reusable(to: peer) { return number }
        return connections.canOpen ? try connections.open(to: peer, isSingle: isSingle) : nil
    }

    private mutating func post(_ slot: Int, onConnection number: Int) {
        let message = transactions.message(slot)[..<transactions[slot].messageLength]
        let id = connections.post(UnsafeBufferPointer(rebasing: message), of: slot, on: number, random: &random)
        transactions[slot].connection = number
        transactions[slot].tcpID = id
        transactions[slot].tcpSentAt = now
        transactions[slot].tries += 1
        dirtyConnections.append(number)
        counters.sent += 1
        startTryTimer(slot)
    }

    /// Lets go of the connection that carries a slot's query.
    mutating func leaveConnection(_ slot: Int, isAnswered: Bool) {
        guard let number = transactions[slot].connection else { return }
        let id = transactions[slot].tcpID
        transactions[slot].connection = nil
        connections[number]?.remove(id, isAnswered: isAnswered)
        connections.settle(number, now: now)
    }

    mutating func handleTCP(_ number: Int, ready: Int) {
        guard let connection = connections[number] else { return }
        if !connection.isConnected, ready != Int(CSYS_READABLE) {
            let outcome = csys_tcp_outcome(connection.descriptor)
            guard outcome == 0 else { return drop(number, QueryFailure(sending: -outcome, connection.peer.family)) }
            connections[number]?.isConnected = true
        }
        if ready & Int(CSYS_WRITABLE) != 0 { flushConnection(number) }
        if ready & Int(CSYS_READABLE | CSYS_FAILED | CSYS_CLOSED) != 0 { receiveStream(number) }
    }

    mutating func flushConnections() {
        for number in dirtyConnections where connections[number]?.isConnected == true { flushConnection(number) }
        dirtyConnections.removeAll(keepingCapacity: true)
    }

    private mutating func flushConnection(_ number: Int) {
        while let connection = connections[number], !connection.outgoing.isEmpty {
            let sent = Int(csys_tcp_send(connection.descriptor, connection.outgoing, UInt32(connection.outgoing.count)))
            if sent == -Int(EAGAIN) { return connections.watchForRoom(number, true) }
            // What is wrong is learnt from receiving.
            guard sent > 0 else { break }
            connections[number]?.outgoing.removeFirst(sent)
        }
        connections.watchForRoom(number, false)
    }

    private mutating func receiveStream(_ number: Int) {
        guard let connection = connections[number] else { return }
        let received = streamBuffer.receive(from: connection.descriptor)
        if received == -Int(EAGAIN) { return }
        guard received > 0 else {
            let reason = received == 0 ? "the server closed the connection" : systemMessage(Int32(-received))
            return reconnect(number, reason)
        }
        connections[number]?.incoming.append(streamBuffer.received(received))
        acceptMessages(number)
    }

    private mutating func acceptMessages(_ number: Int) {
        guard var reader = connections[number]?.incoming, let serial = connections[number]?.serial else { return }
        connections[number]?.incoming = StreamReader()
        // An answer may close the connection, and its number then belong to another.
        while connections[number]?.serial == serial {
            guard reader.withNext({ accept($0, onConnection: number) }) else {
                connections[number]?.incoming = reader
                return
            }
        }
    }

    private mutating func accept(_ octets: UnsafeBufferPointer<UInt8>, onConnection number: Int) {
        counters.received += 1
        guard octets.count >= ReplyCheck.headerLength else {
            counters.ignored.notAReply += 1
            return
        }
        let id = UInt16(octets[0]) << 8 | UInt16(octets[1])
        guard let slot = connections[number]?.pending[id] else {
            let isLate = connections[number]?.departed.contains(id) ?? true
            if isLate { counters.ignored.late += 1 } else { counters.ignored.wrongID += 1 }
            return
        }
        let check = ReplyCheck(octets, question: question(of: slot))
        consider(octets, check, for: slot, sentAt: transactions[slot].tcpSentAt)
    }

    /// Ends all queries of a connection that could not be made.
    private mutating func drop(_ number: Int, _ failure: QueryFailure) {
        for slot in connections.close(number) {
            transactions[slot].connection = nil
            fail(slot, failure)
        }
    }

    /// Asks the queries of a connection that ended again, each once, on a fresh one: the server may just have thought it idle
    /// (RFC 7766 §6.2.4).
    private mutating func reconnect(_ number: Int, _ reason: String) {
        guard let peer = connections[number]?.peer else { return }
        connections.retireAll(to: peer)
        for slot in connections.close(number) {
            transactions[slot].connection = nil
            if transactions[slot].hasReconnected {
                fail(slot, .transport(reason))
            } else {
                transactions[slot].hasReconnected = true
                tryTCP(slot)
            }
        }
    }

    /// Ends a query whose TCP failed; after a truncated answer that is what is said.
    private mutating func fail(_ slot: Int, _ failure: QueryFailure) {
        finish(slot, .failure(transactions[slot].wasTruncated ? .truncated(failure.description) : failure))
    }
}
