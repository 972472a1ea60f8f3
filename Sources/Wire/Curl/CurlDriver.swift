import CCurl

/// What the loop's thread does: it starts, advances and ends transfers and streams. Used on that thread alone.
final class CurlDriver {
    private let library: CurlLibrary
    private let multi: MultiHandle
    private var tasks: [UInt64: any CurlTask] = [:]
    private var streams = StreamPool()
    private var members: [UnsafeMutableRawPointer: any CurlMember] = [:]
    private var sources: [TLSTrust: TrustSource] = [:]

    init?(_ library: CurlLibrary) {
        guard let multi = MultiHandle(library) else { return nil }
        self.library = library
        self.multi = multi
    }

    /// Ends the current or the next wait; may be called from any thread.
    func wake() { multi.wake() }

    func start(
        _ request: HTTPRequest, trust: TLSTrust, ticket: UInt64, completion: @escaping Completion<HTTPResponse>
    ) {
        if let problem = request.problem { return completion(.failure(.badRequest(problem))) }
        start(ticket, trust: trust, completion) { Transfer(request, on: $0, completion: $1) }
    }

    func start(
        _ probe: TLSProbe, trust: TLSTrust, ticket: UInt64, completion: @escaping Completion<ConnectionDetails>
    ) {
        start(ticket, trust: trust, completion) { TLSHandshake(probe, on: $0, completion: $1) }
    }

    private func start<Value>(
        _ ticket: UInt64, trust: TLSTrust, _ completion: @escaping Completion<Value>,
        makeTask: (EasyHandle, @escaping Completion<Value>) -> some CurlTask
    ) {
        guard let easy = EasyHandle(library) else { return completion(.failure(.interrupted("out of memory"))) }
        source(for: trust).apply(to: easy)
        let task = makeTask(easy) { [unowned self] result in
            tasks[ticket] = nil
            completion(result)
        }
        guard join(task) else { return completion(.failure(.interrupted("libcurl refused an option"))) }
        tasks[ticket] = task
    }

    func start(_ exchange: StreamExchange, with peer: TLSPeer) {
        if let stream = streams.available(for: peer, exchange: exchange) { return stream.take(exchange) }
        guard let easy = EasyHandle(library) else {
            return exchange.completion(.failure(.interrupted("out of memory")))
        }
        source(for: peer.trust).apply(to: easy)
        let stream = TLSStream(to: peer, on: easy)
        guard join(stream) else { return exchange.completion(.failure(.interrupted("libcurl refused an option"))) }
        streams.add(stream)
        stream.take(exchange)
    }

    func cancel(_ ticket: UInt64) {
        if let task = tasks[ticket] {
            leave(task)
            task.fail(.cancelled)
        } else {
            streams.cancel(ticket)
        }
    }

    /// Does what is due, then waits until there is more to do.
    func turn() {
        multi.perform()
        while let (easy, code) = multi.nextFinished() { finish(easy, code) }
        var descriptors = settleStreams()
        multi.poll(&descriptors, timeout: streams.wait(at: .now))
        streams.advance(descriptors)
    }

    func shutDown() {
        for task in tasks.values {
            leave(task)
            task.fail(.cancelled)
        }
        for stream in streams.removeAll() {
            leave(stream)
            stream.failAll(.cancelled)
        }
    }

    private func finish(_ easy: UnsafeMutableRawPointer, _ code: CURLcode) {
        guard let member = members[easy] else { return }
        // A connected stream stays: libcurl keeps the connection only for a handle that it still has.
        if !(member is TLSStream) { leave(member) }
        member.finished(code)
    }

    /// Lets finished streams go, asks again what they left unanswered, and gives the sockets to wait for.
    private func settleStreams() -> [curl_waitfd] {
        for stream in streams.removeFinished(at: .now) {
            leave(stream)
            for exchange in stream.takeUnanswered() { start(exchange, with: stream.peer) }
        }
        return streams.descriptors
    }

    private func join(_ member: some CurlMember) -> Bool {
        guard member.easy.isUsable, multi.add(member.easy) else { return false }
        members[member.easy.pointer] = member
        return true
    }

    private func leave(_ member: any CurlMember) {
        multi.remove(member.easy)
        members[member.easy.pointer] = nil
    }

    private func source(for trust: TLSTrust) -> TrustSource {
        if let known = sources[trust] { return known }
        let source = TrustSource(trust, library: library)
        sources[trust] = source
        return source
    }
}

/// Something that works through an easy handle of the loop.
protocol CurlMember: AnyObject {
    var easy: EasyHandle { get }
    /// libcurl has done what the handle was set up for, or failed.
    func finished(_ code: CURLcode)
}

/// A member that somebody awaits by its ticket.
protocol CurlTask: CurlMember {
    /// Ends it without libcurl.
    func fail(_ failure: TransferFailure)
}
