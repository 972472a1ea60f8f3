import CSys
import Glibc
import Synchronization

/// The engine's thread, which is also a task executor: a task that prefers it asks and gets its replies without changing
/// threads.
final class EventLoop: TaskExecutor {
    enum Message {
        case begin(Batch)
        case cancel(Batch)
        case run(UnownedJob)
        /// Ends what is outstanding and closes the sockets; `thenExit` also ends the thread.
        case close(thenExit: Bool)
    }

    private struct Inbox {
        var messages: [Message] = []
        var hasEnded = false
    }

    private let inbox = Mutex(Inbox())
    /// Becomes readable when there are messages.
    let signal: Int32
    private let thread = Atomic<UInt>(0)
    private let publishedCounters = Mutex(EngineCounters())

    init(configuration: QueryEngine.Configuration) throws(WireError) {
        let poll = csys_poll_open()
        guard poll >= 0 else { throw .system("epoll_create1", errno: -poll) }
        signal = csys_signal_open()
        guard signal >= 0 else {
            Glibc.close(poll)
            throw .system("eventfd", errno: -signal)
        }
        try start(poll: poll, configuration: configuration)
    }

    deinit {
        if signal >= 0 { Glibc.close(signal) }
    }

    var counters: EngineCounters {
        publishedCounters.withLock { $0 }
    }

    func publish(_ counters: EngineCounters) {
        publishedCounters.withLock { $0 = counters }
    }

    func bindToCurrentThread() {
        thread.store(UInt(pthread_self()), ordering: .relaxed)
    }

    /// Whether the caller runs on the loop's thread.
    private var isCurrent: Bool { thread.load(ordering: .relaxed) == UInt(pthread_self()) }

    /// Hands a message to the thread; false when the thread has ended.
    @discardableResult
    func submit(_ message: Message) -> Bool {
        let (accepted, isFirst) = inbox.withLock { inbox in
            guard !inbox.hasEnded else { return (false, false) }
            inbox.messages.append(message)
            return (true, inbox.messages.count == 1)
        }
        // Whoever filled an empty inbox has signalled already; the thread itself looks before it waits.
        if isFirst, !isCurrent { csys_signal_send(signal) }
        return accepted
    }

    /// What has been submitted since the last call.
    func takeMessages() -> [Message] {
        inbox.withLock { inbox in
            guard !inbox.messages.isEmpty else { return [] }
            return exchange(&inbox.messages, with: [])
        }
    }

    var hasMessages: Bool { inbox.withLock { !$0.messages.isEmpty } }

    /// Refuses messages from now on, and gives those that were still there.
    func end() -> [Message] {
        inbox.withLock { inbox in
            inbox.hasEnded = true
            return exchange(&inbox.messages, with: [])
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // A task may outlive the engine that it preferred; it then runs where it was resumed.
        if !submit(.run(job)) { run(job) }
    }

    func run(_ job: UnownedJob) {
        job.runSynchronously(on: asUnownedTaskExecutor())
    }
}
