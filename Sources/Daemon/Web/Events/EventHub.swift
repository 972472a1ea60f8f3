import DNSModel
import Failover
import Hummingbird

/// Tells listeners of schemes that have changed: each scheme at most once in 200 ms, in words that are found once for all
/// who hear the same.
///
/// What a listener has not taken yet is kept once for each scheme, in its newest state: slow ones miss states, and cost no
/// more than others.
actor EventHub {
    struct Listener: Hashable, Sendable {
        fileprivate let id: Int
    }

    private struct Subscription {
        let format: UpdateFormat
        /// Nil: of all schemes.
        let scheme: SchemeName?
        var waiting: [SchemeName: ByteBuffer] = [:]
        /// The schemes that wait, the first to change first.
        var order: [SchemeName] = []
        var isQuiet = true
        /// For how many silences nobody has asked for more: whoever was to do so is gone.
        var neglect = 0
        var reader: CheckedContinuation<ByteBuffer?, Never>?
    }

    private var snapshot: @Sendable (SchemeName) async -> SchemeSnapshot? = { _ in nil }
    private let clock: any Clock<Duration>
    private let limit: Int
    private nonisolated let marks = AsyncStream.makeStream(of: SchemeName.self)
    private var changed: Set<SchemeName> = []
    private var isTelling = false
    private var subscriptions: [Int: Subscription] = [:]
    private var lastID = 0
    private var hasEnded = false

    private static let pause = Duration.milliseconds(200)
    private static let silence = Duration.seconds(15)

    /// At most `limit` listen at once.
    init(limit: Int = 1000, clock: any Clock<Duration> = ContinuousClock()) {
        self.limit = limit
        self.clock = clock
    }

    /// Something of the scheme is other than before.
    nonisolated func changed(_ scheme: SchemeName) { marks.continuation.yield(scheme) }

    var listeners: Int { subscriptions.count }

    /// Tells listeners until the task is cancelled; then there is nothing more to hear. `snapshot` tells how a scheme is
    /// now, nil for one that is not run.
    func run(_ snapshot: @escaping @Sendable (SchemeName) async -> SchemeSnapshot?) async {
        self.snapshot = snapshot
        await withDiscardingTaskGroup { group in
            group.addTask { await self.breakSilences() }
            for await scheme in marks.stream {
                guard !subscriptions.isEmpty else { continue }
                changed.insert(scheme)
                if !isTelling {
                    isTelling = true
                    group.addTask { await self.tell() }
                }
            }
            group.cancelAll()
        }
        hasEnded = true
        for id in Array(subscriptions.keys) { end(id) }
    }

    /// Says what has changed, and then rests: what changes meanwhile is said afterwards.
    private func tell() async {
        while !changed.isEmpty {
            let schemes = changed
            changed = []
            for scheme in schemes.sorted() { await tell(of: scheme) }
            guard (try? await clock.sleep(for: Self.pause)) != nil else { break }
        }
        isTelling = false
    }

    private func tell(of scheme: SchemeName) async {
        let interested = subscriptions.filter { $0.value.scheme == nil || $0.value.scheme == scheme }
        guard !interested.isEmpty else { return }
        let update = await snapshot(scheme).map(SchemeUpdate.changed) ?? .removed(scheme)
        for (name, subscriptions) in Dictionary(grouping: interested, by: { $0.value.format.name }) {
            guard let octets = await subscriptions.first?.value.format.encode(update) else { continue }
            for id in self.subscriptions.keys where self.subscriptions[id]?.format.name == name {
                guard self.subscriptions[id]?.scheme ?? scheme == scheme else { continue }
                deliver(octets, of: scheme, to: id)
            }
        }
    }

    private func deliver(_ octets: ByteBuffer, of scheme: SchemeName, to id: Int) {
        subscriptions[id]?.isQuiet = false
        if let reader = subscriptions[id]?.reader {
            subscriptions[id]?.reader = nil
            return reader.resume(returning: octets)
        }
        if subscriptions[id]?.waiting.updateValue(octets, forKey: scheme) == nil {
            subscriptions[id]?.order.append(scheme)
        }
    }

    private func breakSilences() async {
        while (try? await clock.sleep(for: Self.silence)) != nil {
            for id in subscriptions.keys {
                if subscriptions[id]?.isQuiet == true, let reader = subscriptions[id]?.reader {
                    subscriptions[id]?.reader = nil
                    reader.resume(returning: ServerEvent.keepAlive)
                }
                subscriptions[id]?.isQuiet = true
                guard subscriptions[id]?.reader == nil else { continue }
                subscriptions[id]?.neglect += 1
                if subscriptions[id]?.neglect ?? 0 > 2 { end(id) }
            }
        }
    }
}

// MARK: - Listening

extension EventHub {
    /// Begins to listen, to one scheme or to all; nil when too many do already.
    func subscribe(_ format: UpdateFormat, to scheme: SchemeName?) -> Listener? {
        guard subscriptions.count < limit, !hasEnded else { return nil }
        lastID += 1
        subscriptions[lastID] = Subscription(format: format, scheme: scheme)
        return Listener(id: lastID)
    }

    /// The next event; nil when there are no more.
    func next(for listener: Listener) async -> ByteBuffer? {
        let id = listener.id
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard !Task.isCancelled, subscriptions[id] != nil else { return continuation.resume(returning: nil) }
                subscriptions[id]?.neglect = 0
                guard let scheme = subscriptions[id]?.order.first else {
                    subscriptions[id]?.reader = continuation
                    return
                }
                subscriptions[id]?.order.removeFirst()
                continuation.resume(returning: subscriptions[id]?.waiting.removeValue(forKey: scheme))
            }
        } onCancel: {
            Task { await self.end(id) }
        }
    }

    func unsubscribe(_ listener: Listener) { end(listener.id) }

    private func end(_ id: Int) {
        subscriptions.removeValue(forKey: id)?.reader?.resume(returning: nil)
    }
}
