import Glibc
import Synchronization

/// What a fake HTTP server's threads share.
final class FakeHTTPState: Sendable {
    struct Values {
        var scripts: [String: [FakeHTTPServer.Answer]] = [:]
        var requests: [FakeHTTPRequest] = []
        var connections: Set<Int32> = []
        var connectionCount = 0
        var abandoned = 0
        var isClosed = false
        var waiters: [(condition: @Sendable (Values) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let values = Mutex(Values())
    /// A pipe whose reading end becomes readable, for good, on `release`.
    let releaseGate: (reader: Int32, writer: Int32)

    init() {
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        releaseGate = (ends[0], ends[1])
    }

    deinit {
        Glibc.close(releaseGate.reader)
        Glibc.close(releaseGate.writer)
    }

    var requests: [FakeHTTPRequest] { values.withLock(\.requests) }
    var connectionCount: Int { values.withLock(\.connectionCount) }

    func script(_ route: String, _ answers: [FakeHTTPServer.Answer]) {
        values.withLock { $0.scripts[route] = answers }
    }

    /// Records a request and takes the answers for it: some `held`, then what follows them.
    func answers(to request: FakeHTTPRequest) -> [FakeHTTPServer.Answer] {
        change { values in
            values.requests.append(request)
            let route = "\(request.method) \(request.target)"
            guard var script = values.scripts[route], !script.isEmpty else { return [.response(404)] }
            var taken: [FakeHTTPServer.Answer] = []
            while true {
                taken.append(script.count > 1 ? script.removeFirst() : script[0])
                if case .held = taken[taken.count - 1], script.count > 0, taken.count < 8 { continue }
                break
            }
            values.scripts[route] = script
            return taken
        }
    }

    /// Takes a new connection in; false, and it is closed, when the server has ended.
    func add(_ connection: Int32) -> Bool {
        let isTaken = change { values in
            guard !values.isClosed else { return false }
            values.connections.insert(connection)
            values.connectionCount += 1
            return true
        }
        if !isTaken { Glibc.close(connection) }
        return isTaken
    }

    func remove(_ connection: Int32) {
        change { values in
            values.connections.remove(connection)
            Glibc.close(connection)
        }
    }

    func noteAbandoned() { change { $0.abandoned += 1 } }

    func release() { _ = Glibc.write(releaseGate.writer, "x", 1) }

    func close() {
        change { values in
            values.isClosed = true
            for connection in values.connections { shutdown(connection, Int32(SHUT_RDWR)) }
        }
    }

    func wait(_ condition: @escaping @Sendable (Values) -> Bool) async {
        await withCheckedContinuation { continuation in
            change { $0.waiters.append((condition, continuation)) }
        }
    }

    private func change<Result>(_ body: (inout sending Values) -> sending Result) -> Result {
        values.withLock { values in
            let result = body(&values)
            let (met, unmet) = values.waiters.partitioned { $0.condition(values) }
            values.waiters = unmet
            for waiter in met { waiter.continuation.resume() }
            return result
        }
    }
}

extension Array {
    fileprivate func partitioned(by isFirst: (Element) -> Bool) -> (first: [Element], second: [Element]) {
        (filter(isFirst), filter { !isFirst($0) })
    }
}
