import CSys
import DNSModel
import Glibc

/// Datagrams go out here, many in one system call.
extension QueryLoop {
    /// Sends the query of a slot once more, with an ID of its own; answers to the earlier ones still count.
    mutating func tryUDP(_ slot: Int) {
        do throws(WireError) {
            if let socket = try socket(for: slot) {
                post(slot, on: socket)
            } else {
                awaitingSocket.append(Int32(slot))
                timers.set(slot, to: transactions[slot].deadline)
            }
        } catch {
            finish(slot, .failure(QueryFailure(opening: error, servers[transactions[slot].server].address.family)))
        }
    }

    /// Lets those go on that waited for a socket of their own.
    mutating func admitAwaitingSocket() {
        while sockets.canOpenSingle, connections.canOpen, let slot = awaitingSocket.popFirst() {
            // The slot may have got another query since; that one then waits here too, or has been sent.
            guard transactions.isLive(Int(slot)), transactions[Int(slot)].isAwaitingSocket else { continue }
            transactions[Int(slot)].phase == .udp ? tryUDP(Int(slot)) : tryTCP(Int(slot))
        }
    }

    /// The socket for the next try; nil when there cannot be one yet.
    private mutating func socket(for slot: Int) throws(WireError) -> UInt16? {
        let isIPv6 = servers[transactions[slot].server].address.value.is_ipv6
        guard transactions[slot].usesFreshPort else {
            return try sockets.shared(isIPv6: isIPv6, random: &random)
        }
        if let own = transactions[slot].attempts.last?.key.socket { return own }
        return sockets.canOpenSingle ? try sockets.single(isIPv6: isIPv6) : nil
    }

    private mutating func post(_ slot: Int, on socket: UInt16) {
        let key = unusedKey(on: socket)
        pending.insert(key, slot: slot)
        transactions[slot].tries += 1
        transactions[slot].attempts.append(Transaction.Attempt(key: key, sentAt: now))
        if sockets[socket]?.outbox.isEmpty == true { dirtySockets.append(socket) }
        sockets[socket]?.outstanding += 1
        sockets[socket]?.outbox.append(UDPSocket.Outgoing(slot: Int32(slot), id: key.id))
        startTryTimer(slot)
    }

    private mutating func unusedKey(on socket: UInt16) -> PendingTable.Key {
        // It ends, for fewer queries are in flight than there are IDs.
        while true {
            let key = PendingTable.Key(socket: socket, id: random.next())
            if pending[key] == nil { return key }
        }
    }

    /// Jitter keeps queries that were lost together from being sent again together.
    mutating func startTryTimer(_ slot: Int) {
        let tryTimeout = transactions[slot].batch.timing.tryTimeout
        let jitter = tryTimeout / 10 / 65_536 * UInt64(random.next())
        timers.set(slot, to: min(now + tryTimeout + jitter, transactions[slot].deadline))
    }

    mutating func flush() {
        for socket in dirtySockets where sockets[socket]?.isBlocked == false { flush(socket) }
        dirtySockets.removeAll(keepingCapacity: true)
    }

    /// Sends what is in a socket's outbox, until that is empty or the send buffer full.
    mutating func flush(_ number: UInt16) {
        var rest = takeOutbox(number)[...]
        var isSuspect = false
        while let first = rest.first, let descriptor = sockets[number]?.descriptor {
            stage(rest.prefix(SendBuffer.capacity), on: number)
            let sent = outgoing.send(on: descriptor)
            if sent > 0 {
                counters.sent += sent
                rest.removeFirst(sent)
                isSuspect = false
            } else if sent == -Int(EAGAIN) {
                sockets[number]?.outbox = Array(rest)
                sockets.setBlocked(number, true)
                return
            } else if sent == -Int(ENOBUFS) {
                // As good as lost on the way: the next try is due soon enough.
                rest.removeFirst()
            } else if takeComplaints(number) == 0, isSuspect {
                rest.removeFirst()
                fail(first, errno: Int32(-sent))
                isSuspect = false
            } else {
                // It may be an earlier datagram's error; only when it comes again is it the first one's own.
                isSuspect = true
            }
        }
        sockets.setBlocked(number, false)
    }

    /// Takes the outbox, without those whose query has ended or is sent in another way by now.
    private mutating func takeOutbox(_ number: UInt16) -> [UDPSocket.Outgoing] {
        guard let outbox = sockets[number]?.outbox else { return [] }
        sockets[number]?.outbox = []
        return outbox.filter { outgoing in
            transactions.isLive(Int(outgoing.slot))
                && transactions[Int(outgoing.slot)].attempts.last?.key
                    == PendingTable.Key(socket: number, id: outgoing.id)
        }
    }

    private mutating func stage(_ queries: ArraySlice<UDPSocket.Outgoing>, on number: UInt16) {
        outgoing.removeAll()
        for query in queries {
            let slot = Int(query.slot)
            let message = transactions.message(slot)
            message[0] = UInt8(query.id >> 8)
            message[1] = UInt8(query.id & 0xFF)
            outgoing.append(
                message.baseAddress, length: transactions[slot].messageLength,
                to: servers[transactions[slot].server].address)
        }
    }

    private mutating func fail(_ query: UDPSocket.Outgoing, errno: Int32) {
        let slot = Int(query.slot)
        guard transactions.isLive(slot) else { return }
        let family = servers[transactions[slot].server].address.family
        finish(slot, .failure(QueryFailure(sending: errno, family)))
    }
}
