import DNSModel

/// One query from its first datagram to its reply.
struct Transaction {
    enum Phase {
        case udp, tcp
    }

    /// One datagram that may still be answered.
    struct Attempt {
        var key: PendingTable.Key
        var sentAt: UInt64
    }

    let batch: Batch
    let index: Int32
    let server: Int32
    var phase: Phase
    let startedAt: UInt64
    let deadline: UInt64
    /// The datagrams that are out, the last one last.
    var attempts = Attempts()
    /// Tries in the present phase, and those before it.
    var tries = 0
    var earlierTries = 0
    /// The TCP connection that carries it, and the ID it has there.
    var connection: Int?
    var tcpID: UInt16 = 0
    var tcpSentAt: UInt64 = 0
    var hasReconnected = false
    var usesEDNS: Bool
    var wasTruncated = false
    /// Why the last answer was refused, if one was.
    var malformed: String?
    var messageLength = 0
    /// Octets of the question section, which start at 12.
    var questionLength = 0

    /// Whether it has yet to get a socket of its own.
    var isAwaitingSocket: Bool { attempts.last == nil && connection == nil }

    var question: Question { batch.queries[Int(index)].question }
    var usesFreshPort: Bool { batch.queries[Int(index)].options.freshPort }

    /// The attempts of one query: nearly always one, which needs no allocation.
    struct Attempts {
        private(set) var last: Attempt?
        private(set) var earlier: [Attempt] = []

        mutating func append(_ attempt: Attempt) {
            if let last { earlier.append(last) }
            last = attempt
        }

        /// When the datagram went out that has this key.
        func sentAt(_ key: PendingTable.Key) -> UInt64? {
            if let last, last.key == key { return last.sentAt }
            return earlier.first { $0.key == key }?.sentAt
        }

        /// Calls `body` with each, and forgets them.
        mutating func removeAll(_ body: (Attempt) -> Void) {
            if let last { body(last) }
            earlier.forEach(body)
            self = Attempts()
        }
    }
}
