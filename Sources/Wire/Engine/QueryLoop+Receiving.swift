import CSys
import DNSModel
import Glibc

/// Datagrams come in here, and only true answers get further.
extension QueryLoop {
    /// One socket may keep the loop for so many batches before the others have their turn.
    private static let batchesInARow = 4

    mutating func handleUDP(_ number: UInt16, ready: Int) {
        if ready & Int(CSYS_FAILED) != 0 { takeComplaints(number) }
        if ready & Int(CSYS_READABLE) != 0 { receive(number) }
        if ready & Int(CSYS_WRITABLE) != 0 { flush(number) }
    }

    private mutating func receive(_ number: UInt16) {
        for _ in 0..<Self.batchesInARow {
            guard let descriptor = sockets[number]?.descriptor else { return }
            let count = datagrams.receive(from: descriptor)
            if count < 0 { takeComplaints(number) }
            guard count > 0 else { return }
            counters.received += count
            for place in 0..<count {
                let (octets, source) = datagrams[place]
                accept(octets, from: source, on: number)
            }
            if count < Int(CSYS_BATCH) { return }
        }
    }

    /// Drops whatever does not answer a query of ours, and keeps listening (RFC 5452 §9.1).
    private mutating func accept(
        _ octets: UnsafeBufferPointer<UInt8>, from source: SocketAddress, on number: UInt16
    ) {
        guard octets.count >= ReplyCheck.headerLength else {
            counters.ignored.notAReply += 1
            return
        }
        let key = PendingTable.Key(socket: number, id: UInt16(octets[0]) << 8 | UInt16(octets[1]))
        guard let slot = pending[key] else {
            if departed.contains(key) { counters.ignored.late += 1 } else { counters.ignored.wrongID += 1 }
            return
        }
        guard servers[transactions[slot].server].address == source else {
            counters.ignored.wrongSource += 1
            return
        }
        let check = ReplyCheck(octets, question: question(of: slot))
        consider(octets, check, for: slot, sentAt: transactions[slot].attempts.sentAt(key) ?? now)
    }

    /// The octets of the question section that was sent.
    func question(of slot: Int) -> UnsafeBufferPointer<UInt8> {
        let start = ReplyCheck.headerLength
        let message = transactions.message(slot)
        return UnsafeBufferPointer(rebasing: message[start..<start + transactions[slot].questionLength])
    }

    /// No answer to any datagram of this slot is expected any more.
    mutating func forgetAttempts(_ slot: Int) {
        // All but the one that was just answered may still be.
        transactions[slot].attempts.removeAll { attempt in
            pending.remove(attempt.key)
            departed.append(attempt.key)
            sockets.release(attempt.key.socket)
        }
    }

    /// Takes what the network said about datagrams sent from this socket; gives how much that was.
    @discardableResult
    mutating func takeComplaints(_ number: UInt16) -> Int {
        var count = 0
        var complaint = csys_complaint()
        while let descriptor = sockets[number]?.descriptor, csys_udp_complaint(descriptor, &complaint) > 0 {
            count += 1
            handle(complaint, on: number)
        }
        return count
    }

    /// Ends the queries that are out to a server which cannot be reached, by a complaint about one of them: the network does
    /// not complain about each (RFC 1812 §4.3.2.8). One without an ID, or about the path's MTU, says nothing for sure.
    private mutating func handle(_ complaint: csys_complaint, on number: UInt16) {
        guard complaint.has_id, complaint.error != 0, complaint.error != EMSGSIZE,
            let slot = pending[PendingTable.Key(socket: number, id: complaint.id)],
            servers[transactions[slot].server].address == SocketAddress(complaint.destination)
        else { return }
        let server = transactions[slot].server
        for slot in transactions.live
        where transactions[slot].server == server && transactions[slot].attempts.last != nil {
            finish(slot, .failure(.unreachable(systemMessage(complaint.error))))
        }
    }
}
