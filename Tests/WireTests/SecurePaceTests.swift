import DNSModel
import Synchronization
import TestSupport
import Testing

@testable import Wire

@Suite("A server over TLS or HTTPS has only so many queries at a time")
struct SecurePaceTests {
    /// Visitors that stay until they are let go, one by one or all.
    private final class Room: Sendable {
        private struct State {
            var inside: [CheckedContinuation<Void, Never>] = []
            var entered = 0
            var most = 0
            var isOpen = false
        }

        private let state = Mutex(State())

        var entered: Int { state.withLock(\.entered) }
        var most: Int { state.withLock(\.most) }

        func visit() async {
            await withCheckedContinuation { visitor in
                let isOpen = state.withLock { state in
                    state.entered += 1
                    state.most = max(state.most, state.inside.count + 1)
                    if !state.isOpen { state.inside.append(visitor) }
                    return state.isOpen
                }
                if isOpen { visitor.resume() }
            }
        }

        func letOneGo() {
            state.withLock { $0.inside.popLast() }?.resume()
        }

        func letAllGo() {
            let visitors = state.withLock { state in
                state.isOpen = true
                defer { state.inside = [] }
                return state.inside
            }
            for visitor in visitors { visitor.resume() }
        }
    }

    private let pace = SecurePace()
    private let room = Room()
    private let server = Endpoint(.loopback, transport: .https, serverName: "dns.test")

    private func visit(_ endpoint: Endpoint) -> Task<Void?, Never> {
        Task { [pace, room] in await pace.run(at: endpoint) { await room.visit() } }
    }

    private func entered(_ count: Int) async {
        while room.entered < count { await Task.yield() }
    }

    @Test("One that ends lets the next one in")
    func bound() async {
        let total = SecurePace.limit + 40
        let tasks = (0..<total).map { _ in visit(server) }
        for count in SecurePace.limit..<total {
            await entered(count)
            room.letOneGo()
        }
        await entered(total)
        room.letAllGo()
        for task in tasks { #expect(await task.value != nil) }
        #expect(room.most == SecurePace.limit)
    }

    @Test("Those that wait for one server do not keep others from another, nor from another transport")
    func others() async {
        let tasks = (0..<SecurePace.limit).map { _ in visit(server) }
        await entered(SecurePace.limit)
        let waiting = visit(server)
        var others = [server, server, server]
        others[0].transport = .tls
        others[1].port = 8443
        others[2].address = .unspecified
        let free = others.map(visit)
        await entered(SecurePace.limit + 3)
        #expect(room.most == SecurePace.limit + 3)
        room.letAllGo()
        for task in tasks + free + [waiting] { #expect(await task.value != nil) }
    }

    @Test("Whoever is cancelled while it waits leaves the line, and its turn is the next one's")
    func cancellation() async {
        let tasks = (0..<SecurePace.limit).map { _ in visit(server) }
        await entered(SecurePace.limit)
        let cancelled = (0..<10).map { _ in visit(server) }
        cancelled.forEach { $0.cancel() }
        for task in cancelled { #expect(await task.value == nil) }
        let next = visit(server)
        room.letOneGo()
        await entered(SecurePace.limit + 1)
        room.letAllGo()
        for task in tasks + [next] { #expect(await task.value != nil) }
        #expect(room.entered == SecurePace.limit + 1)
    }
}
