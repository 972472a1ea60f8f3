import DNSModel
import FoundationEssentials

/// Queries over TLS and HTTPS: the exchange carries the messages; encoding, checks and decoding are those of UDP and TCP.
extension QueryEngine {
    func askSecurely(_ query: Query, at index: Int, _ retry: RetryPolicy) async -> Reply {
        guard let secureExchange else {
            return SecureAttempt(query: query, retry: retry)
                .reply(at: index, .failure(.transport("DNS over TLS and HTTPS are not available here")))
        }
        let reply = await securePace.run(at: query.endpoint) {
            await ask(query, at: index, retry, through: secureExchange)
        }
        return reply ?? SecureAttempt(query: query, retry: retry).reply(at: index, .failure(.cancelled))
    }

    private func ask(
        _ query: Query, at index: Int, _ retry: RetryPolicy, through secureExchange: any MessageExchange
    ) async -> Reply {
        var attempt = SecureAttempt(query: query, retry: retry)
        while true {
            let outcome = await secureExchange.exchange(
                attempt.message, with: query.endpoint, timeout: attempt.begin(),
                newConnection: query.options.freshPort)
            if let result = attempt.result(of: outcome) { return attempt.reply(at: index, result) }
        }
    }
}

/// One query's way through an exchange.
private struct SecureAttempt {
    private let query: Query
    private let retry: RetryPolicy
    private let startedAt = ContinuousClock.now
    private var sentAt = ContinuousClock.now
    private var tries = 0
    private var usesEDNS: Bool
    private(set) var message: [UInt8] = []
    private var questionLength = 0

    init(query: Query, retry: RetryPolicy) {
        self.query = query
        self.retry = retry
        usesEDNS = query.options.ednsPayloadSize != nil
        encode()
    }

    /// Counts a try, and gives how long it may take.
    mutating func begin() -> Duration {
        tries += 1
        sentAt = .now
        return max(.milliseconds(1), min(retry.tryTimeout, retry.deadline - startedAt.duration(to: sentAt)))
    }

    /// How the query ended; nil when it is to be sent again.
    mutating func result(of outcome: Result<[UInt8], QueryFailure>) -> Result<Response, QueryFailure>? {
        switch outcome {
        case .failure(.timeout) where mayTryAgain: return nil
        case .failure(let failure): return .failure(failure)
        case .success(let octets):
            let result = read(octets)
            guard usesEDNS, case .success(let response) = result, response.needsPlainDNS, hasTime else {
                return result
            }
            usesEDNS = false
            encode()
            return nil
        }
    }

    func reply(at index: Int, _ result: Result<Response, QueryFailure>) -> Reply {
        let isAnswer = (try? result.get()) != nil
        return Reply(
            index: index, result: result, receivedAt: Date(), rtt: (isAnswer ? sentAt : startedAt).duration(to: .now),
            transport: query.endpoint.transport, tries: tries, usedEDNS: usesEDNS)
    }

    private var mayTryAgain: Bool { tries < max(1, retry.tries) && hasTime }

    private var hasTime: Bool { !Task.isCancelled && startedAt.duration(to: .now) < retry.deadline }

    private mutating func encode() {
        var options = query.options
        if !usesEDNS { options.ednsPayloadSize = nil }
        var encoder = QueryEncoder()
        message = Array(unsafeUninitializedCapacity: TransactionTable.messageCapacity) { buffer, count in
            buffer.initialize(repeating: 0)
            (count, questionLength) = encoder.encode(query.question, options, into: buffer)
        }
        if usesEDNS { message.padQuery(optAt: ReplyCheck.headerLength + questionLength) }
        var generator = SystemRandomNumberGenerator()
        let id: UInt16 = generator.next()
        message[0] = UInt8(id >> 8)
        message[1] = UInt8(id & 0xFF)
    }

    private func read(_ octets: [UInt8]) -> Result<Response, QueryFailure> {
        guard octets.count >= ReplyCheck.headerLength, octets[..<2] == message[..<2] else {
            return .failure(.malformed("the ID is not the query's"))
        }
        let check = octets.withUnsafeBufferPointer { reply in
            message.withUnsafeBufferPointer { sent in
                ReplyCheck(reply, question: UnsafeBufferPointer(rebasing: sent[12..<12 + questionLength]))
            }
        }
        if check == .complaintWithoutQuestion { return .success(Response(complaint: octets, about: query.question)) }
        guard check == .answer else { return .failure(.malformed("it does not answer the question")) }
        return octets.withUnsafeBufferPointer { ReplyDecoder.decode($0, query.question) }
            .mapError { .malformed($0.reason) }
    }
}
