import CCurl
import DNSModel

/// One TLS connection that carries length-prefixed DNS messages, several at a time, told apart by ID (RFC 7858 §3.3).
final class TLSStream: CurlMember {
    private enum State: Equatable {
        case connecting
        case open(socket: Int32)
        case closed
    }

    let easy: EasyHandle
    let peer: TLSPeer
    private var state = State.connecting
    private var pending: [UInt16: StreamExchange] = [:]
    private var unanswered: [StreamExchange] = []
    private var outgoing = OutgoingFrames()
    private var incoming = MessageAssembler()
    private var hasAnswered = false
    /// Takes no more exchanges: it is somebody's own, or an answer stayed out on it.
    private var isRetired = false
    private let opened = ContinuousClock.now
    private var lastUsed = ContinuousClock.now

    /// As long as common servers keep an idle connection.
    private static let idleLimit = Duration.seconds(30)
    /// libcurl regards a connection as too old to use after 118 s.
    private static let ageLimit = Duration.seconds(100)
    private static let pendingLimit = 1000

    init(to peer: TLSPeer, on easy: EasyHandle) {
        self.peer = peer
        self.easy = easy
        easy.configure(for: peer)
    }

    func canTake(at now: ContinuousClock.Instant) -> Bool {
        state != .closed && !isRetired && pending.count < Self.pendingLimit && now - opened < Self.ageLimit
    }

    /// Sends the message as soon as the connection allows, under an ID that no other exchange here has.
    func take(_ exchange: StreamExchange) {
        var id = UInt16.random(in: .min ... .max)
        while pending[id] != nil { id = .random(in: .min ... .max) }
        pending[id] = exchange
        isRetired = isRetired || exchange.ownConnection
        outgoing.append(exchange.message, id: id)
        flush()
    }

    /// The connection stands, or could not be made.
    func finished(_ code: CURLcode) {
        guard state == .connecting else { return }
        if code == CURLE_OK, let socket = easy.socket {
            state = .open(socket: socket)
            flush()
        } else {
            state = .closed
            failAll(easy.failure(code, host: peer.serverName ?? "\(peer.address)"))
        }
    }

    /// Reads what has come and writes what can go.
    func advance() {
        guard case .open = state else { return }
        flush()
        withUnsafeTemporaryAllocation(byteCount: 16 * 1024, alignment: 1) { buffer in
            while case .open = state {
                switch easy.receive(into: buffer) {
                case .octets(let count): take(octets: buffer[..<count])
                case .wouldBlock: return
                case .closed: close()
                }
            }
        }
    }

    /// Gives up the exchange if it is here.
    func cancel(_ ticket: UInt64) -> Bool {
        let exchange: StreamExchange
        if let index = pending.firstIndex(where: { $0.value.ticket == ticket }) {
            exchange = pending.remove(at: index).value
        } else if let index = unanswered.firstIndex(where: { $0.ticket == ticket }) {
            exchange = unanswered.remove(at: index)
        } else {
            return false
        }
        exchange.completion(.failure(.cancelled))
        return true
    }

    /// Ends the exchanges whose time is over.
    func expire(at now: ContinuousClock.Instant) {
        for (id, exchange) in pending where exchange.deadline <= now {
            pending[id] = nil
            isRetired = true
            exchange.completion(.failure(.timeout(sent: true)))
        }
    }

    func failAll(_ failure: TransferFailure) {
        for exchange in Array(pending.values) + unanswered { exchange.completion(.failure(failure)) }
        pending = [:]
        unanswered = []
    }

    /// What is to be asked again on another connection.
    func takeUnanswered() -> [StreamExchange] {
        defer { unanswered = [] }
        return unanswered
    }
}

extension TLSStream {
    /// Whether the connection is of no more use.
    func isFinished(at now: ContinuousClock.Instant) -> Bool {
        pending.isEmpty && (state == .connecting || !canTake(at: now) || now >= idleEnd)
    }

    /// When there is something to do though nothing comes: a deadline, or the end of the idle time.
    var nextDeadline: ContinuousClock.Instant { pending.values.map(\.deadline).min() ?? idleEnd }

    var descriptor: curl_waitfd? {
        guard case .open(let socket) = state else { return nil }
        let events = Int32(CURL_WAIT_POLLIN) | (outgoing.isEmpty ? 0 : Int32(CURL_WAIT_POLLOUT))
        return curl_waitfd(fd: socket, events: Int16(events), revents: 0)
    }

    private var idleEnd: ContinuousClock.Instant { lastUsed + Self.idleLimit }

    private func flush() {
        guard case .open = state else { return }
        if outgoing.send(through: easy) == .closed { close() }
    }

    private func take(octets: Slice<UnsafeMutableRawBufferPointer>) {
        incoming.append(octets)
        while let message = incoming.next() {
            // An ID that is not ours belongs to an exchange that was given up.
            guard message.count >= 2, let exchange = pending.removeValue(forKey: message.id) else { continue }
            hasAnswered = true
            lastUsed = .now
            exchange.completion(.success(message.withID(exchange.message.id)))
        }
    }

    /// A kept connection may end while a message is on its way; that message is asked again, once.
    private func close() {
        state = .closed
        for var exchange in pending.values {
            if hasAnswered, !exchange.isSecondTry, !exchange.ownConnection {
                exchange.isSecondTry = true
                unanswered.append(exchange)
            } else {
                exchange.completion(.failure(.interrupted("the server closed the connection without an answer")))
            }
        }
        pending = [:]
    }
}

extension EasyHandle {
    fileprivate func configure(for peer: TLSPeer) {
        let literal = peer.address.family == .ipv6 ? "[\(peer.address)]" : "\(peer.address)"
        set(CURLOPT_URL, "https://\(peer.serverName ?? literal):\(peer.port)/")
        set(CURLOPT_CONNECT_ONLY, 1)
        // libcurl can offer only HTTP's protocol names.
        set(CURLOPT_SSL_ENABLE_ALPN, 0)
        connect(to: peer.address)
    }
}
