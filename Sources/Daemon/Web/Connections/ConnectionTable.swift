import NIOCore
import Synchronization

/// The connections that there are, so that many that nobody uses do not keep out one that somebody needs: when there are too
/// many, the one that was opened first among those makes room over which nobody has logged in.
///
/// Event loops and requests use it at once; the lock is held for a few steps of one dictionary.
final class ConnectionTable: Sendable {
    fileprivate struct Entry {
        let channel: any Channel
        let client: String
        var requests = 0
        /// Somebody has shown over it who they are.
        var isKnown = false
    }

    fileprivate struct State {
        var entries: [ObjectIdentifier: Entry] = [:]
        /// Those that can make room, the first to be opened first; some may be gone already.
        var queue: [ObjectIdentifier] = []
        var head = 0
        var clients: [String: Int] = [:]
    }

    private let limits: ConnectionLimits
    // Guards all that is known of the connections.
    private let state = Mutex(State())

    init(_ limits: ConnectionLimits) {
        self.limits = limits
    }

    var count: Int { state.withLock { $0.entries.count } }

    /// Takes in a connection. What is to be closed instead is returned: another one, or itself when none can make room.
    func opened(_ channel: any Channel) -> (any Channel)? {
        let client = channel.remoteAddress?.clientName ?? ""
        return state.withLock { state in
            let isCrowded = state.entries.count >= limits.all
            let isGreedy = state.clients[client, default: 0] >= limits.perClient && !client.isEmpty
            var victim: (any Channel)?
            if isCrowded || isGreedy {
                guard let id = state.takeOldest(of: isGreedy ? client : nil) else { return channel }
                victim = state.remove(id)?.channel
            }
            let id = ObjectIdentifier(channel)
            state.entries[id] = Entry(channel: channel, client: client)
            state.clients[client, default: 0] += 1
            state.queue.append(id)
            return victim
        }
    }

    func closed(_ channel: any Channel) {
        state.withLock { _ = $0.remove(ObjectIdentifier(channel)) }
    }

    func closeAll() {
        for entry in state.withLock({ Array($0.entries.values) }) { entry.channel.close(promise: nil) }
    }

    func requestBegan(on channel: any Channel) {
        state.withLock { $0.entries[ObjectIdentifier(channel)]?.requests += 1 }
    }

    func requestEnded(on channel: any Channel) {
        state.withLock { $0.entries[ObjectIdentifier(channel)]?.requests -= 1 }
    }

    /// Somebody who is known uses it: it stays.
    func keep(_ channel: any Channel) {
        state.withLock { $0.entries[ObjectIdentifier(channel)]?.isKnown = true }
    }
}

extension ConnectionTable.State {
    fileprivate mutating func remove(_ id: ObjectIdentifier) -> ConnectionTable.Entry? {
        guard let entry = entries.removeValue(forKey: id) else { return nil }
        let left = clients[entry.client, default: 1] - 1
        clients[entry.client] = left > 0 ? left : nil
        return entry
    }

    /// The first to be opened that can make room, of one client or of all; it is no longer waiting then.
    fileprivate mutating func takeOldest(of client: String?) -> ObjectIdentifier? {
        compact()
        for index in head..<queue.count {
            guard let entry = entries[queue[index]], !entry.isKnown, entry.requests == 0,
                client == nil || entry.client == client
            else { continue }
            return queue.remove(at: index)
        }
        return nil
    }

    /// Leaves out those that are gone, once they are the most.
    private mutating func compact() {
        while head < queue.count, entries[queue[head]] == nil { head += 1 }
        guard head > 1024 || queue.count > 2 * entries.count + 64 else { return }
        queue = queue[head...].filter { entries[$0] != nil }
        head = 0
    }
}
