import DNSModel

/// What follows from a message of the right server with the right ID.
extension QueryLoop {
    mutating func consider(
        _ octets: UnsafeBufferPointer<UInt8>, _ check: ReplyCheck, for slot: Int, sentAt: UInt64
    ) {
        switch check {
        case .notAReply: counters.ignored.notAReply += 1
        case .wrongQuestion: counters.ignored.wrongQuestion += 1
        case .complaintWithoutQuestion:
            servers[transactions[slot].server].pace.recordReply(rtt: now - sentAt)
            take(Response(complaint: octets, about: transactions[slot].question), for: slot, sentAt: sentAt)
        case .answer: read(octets, for: slot, sentAt: sentAt)
        }
    }

    private mutating func read(_ octets: UnsafeBufferPointer<UInt8>, for slot: Int, sentAt: UInt64) {
        servers[transactions[slot].server].pace.recordReply(rtt: now - sentAt)
        if transactions[slot].phase == .udp, octets[2] & 0x02 != 0 {
            transactions[slot].wasTruncated = true
            return switchToTCP(slot)
        }
        switch decoder.response(octets, to: transactions[slot].question) {
        case .success(let response): take(response, for: slot, sentAt: sentAt)
        case .failure(let defect):
            counters.malformed += 1
            transactions[slot].malformed = defect.reason
            tryAgain(slot)
        }
        counters.reused = decoder.reusedCount
    }

    private mutating func take(_ response: Response, for slot: Int, sentAt: UInt64) {
        if transactions[slot].usesEDNS, response.needsPlainDNS {
            retryWithoutEDNS(slot)
        } else {
            finish(slot, .success(response), sentAt: sentAt)
        }
    }

    /// Asks a server that does not understand EDNS without it (RFC 6891 §7).
    private mutating func retryWithoutEDNS(_ slot: Int) {
        transactions[slot].usesEDNS = false
        restart(slot)
        encode(slot)
        transactions[slot].phase == .udp ? tryUDP(slot) : tryTCP(slot)
    }

    private mutating func switchToTCP(_ slot: Int) {
        restart(slot)
        transactions[slot].phase = .tcp
        tryTCP(slot)
    }

    /// Makes a slot as if nothing had been tried, save for the count and the deadline.
    private mutating func restart(_ slot: Int) {
        forgetAttempts(slot)
        leaveConnection(slot, isAnswered: true)
        transactions[slot].earlierTries += transactions[slot].tries
        transactions[slot].tries = 0
    }

    /// Tries once more, unless all tries or the time are used up.
    mutating func tryAgain(_ slot: Int) {
        guard now < transactions[slot].deadline, transactions[slot].tries < transactions[slot].batch.timing.tries else {
            return finish(slot, .failure(lastFailure(slot)))
        }
        transactions[slot].phase == .udp ? tryUDP(slot) : tryTCP(slot)
    }

    /// Why a query that got no usable answer failed.
    private func lastFailure(_ slot: Int) -> QueryFailure {
        if let reason = transactions[slot].malformed { return .malformed(reason) }
        return transactions[slot].wasTruncated ? .truncated(QueryFailure.timeout.description) : .timeout
    }

    /// Ends the tries that have had no answer in time.
    mutating func endTimedOut() {
        while let slot = timers.popDue(at: now) {
            let transaction = transactions[slot]
            let sentAt = transaction.attempts.last?.sentAt ?? transaction.startedAt
            servers[transaction.server].pace.recordLoss(sentAt: sentAt, now: now)
            if let connection = transaction.connection { connections.retire(connection) }
            tryAgain(slot)
        }
        connections.closeExpired(at: now)
    }
}
