import CCurl

/// The TLS connections that stand, by server.
struct StreamPool {
    private var streams: [TLSPeer: [TLSStream]] = [:]

    /// A connection that can carry the exchange, if one stands or is being made.
    func available(for peer: TLSPeer, exchange: StreamExchange) -> TLSStream? {
        guard !exchange.ownConnection else { return nil }
        let now = ContinuousClock.now
        return streams[peer]?.first { $0.canTake(at: now) }
    }

    mutating func add(_ stream: TLSStream) { streams[stream.peer, default: []].append(stream) }

    func cancel(_ ticket: UInt64) {
        for stream in streams.values.joined() where stream.cancel(ticket) { return }
    }

    /// Takes out what is of no more use at `now`.
    mutating func removeFinished(at now: ContinuousClock.Instant) -> [TLSStream] {
        var finished: [TLSStream] = []
        for (peer, members) in streams {
            for stream in members { stream.expire(at: now) }
            let gone = members.filter { $0.isFinished(at: now) }
            guard !gone.isEmpty else { continue }
            finished += gone
            let left = members.filter { !$0.isFinished(at: now) }
            streams[peer] = left.isEmpty ? nil : left
        }
        return finished
    }

    mutating func removeAll() -> [TLSStream] {
        defer { streams = [:] }
        return Array(streams.values.joined())
    }

    var descriptors: [curl_waitfd] { streams.values.joined().compactMap(\.descriptor) }

    /// How long nothing needs to be done unless a socket is ready.
    func wait(at now: ContinuousClock.Instant) -> Duration {
        let earliest = streams.values.joined().map(\.nextDeadline).min()
        return earliest.map { max(.zero, $0 - now) } ?? .seconds(3600)
    }

    func advance(_ descriptors: [curl_waitfd]) {
        let ready = Set(descriptors.lazy.filter { $0.revents != 0 }.map(\.fd))
        guard !ready.isEmpty else { return }
        for stream in streams.values.joined() {
            if let descriptor = stream.descriptor, ready.contains(descriptor.fd) { stream.advance() }
        }
    }
}
