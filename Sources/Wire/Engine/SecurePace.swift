import DNSModel
import Synchronization

/// Bounds how many messages each server of DNS over TLS or HTTPS has to answer at a time; the others wait for their turn, in
/// the order in which they came, before their time begins to count.
final class SecurePace: Sendable {
    /// Fewer than the hundred streams that RFC 9113 §6.5.2 asks of a connection to allow, since those that were given up may
    /// still count there.
    static let limit = 64

    private struct Server: Hashable {
        let transport: Endpoint.Transport
        let address: IPAddress
        let port: UInt16
    }

    private struct Line {
        var inFlight = 0
        var waiting = Queue<UInt64>()
        /// By ticket; one that is missing was cancelled.
        var turns: [UInt64: CheckedContinuation<Bool, Never>] = [:]
    }

    private struct State {
        var lines: [Server: Line] = [:]
        var lastTicket: UInt64 = 0
    }

    private let state = Mutex(State())

    /// Runs `body` when it is its turn at the endpoint's server; nil when the task is cancelled before that.
    func run<Value>(at endpoint: Endpoint, _ body: () async -> Value) async -> Value? {
        let server = Server(transport: endpoint.transport, address: endpoint.address, port: endpoint.port)
        guard await enter(server) else { return nil }
        defer { leave(server) }
        return await body()
    }

    private func enter(_ server: Server) async -> Bool {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { turn in
                let isTurn: Bool? = state.withLock { state in
                    if Task.isCancelled { return false }
                    guard state.lines[server, default: Line()].inFlight >= Self.limit else {
                        state.lines[server, default: Line()].inFlight += 1
                        return true
                    }
                    state.lines[server]?.waiting.append(ticket)
                    state.lines[server]?.turns[ticket] = turn
                    return nil
                }
                if let isTurn { turn.resume(returning: isTurn) }
            }
        } onCancel: {
            state.withLock { $0.lines[server]?.turns.removeValue(forKey: ticket) }?.resume(returning: false)
        }
    }

    /// Hands the place to the next in line.
    private func leave(_ server: Server) {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            while let ticket = state.lines[server]?.waiting.popFirst() {
                if let turn = state.lines[server]?.turns.removeValue(forKey: ticket) { return turn }
            }
            state.lines[server]?.inFlight -= 1
            if state.lines[server]?.inFlight == 0 { state.lines[server] = nil }
            return nil
        }
        next?.resume(returning: true)
    }
}
