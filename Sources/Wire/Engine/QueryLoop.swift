import CSys
import DNSModel
import FoundationEssentials
import Glibc

/// All that the engine's thread owns, and the order in which it does things: receive, time out, report, take new work,
/// send. Nothing else can reach it, so it needs no locks; replies leave it through their batch.
struct QueryLoop: ~Copyable {
    let loop: EventLoop
    let poll: Int32
    /// When the present turn began, in nanoseconds of the monotonic clock and as wall-clock time.
    var now = csys_now()
    var date = Date()
    var transactions: TransactionTable
    var timers: TimerHeap
    var pending = PendingTable()
    var servers: ServerTable
    /// Servers that have room and queries waiting.
    var queuedServers = Queue<Int32>()
    /// Slots that wait until a socket for a single query may be opened.
    var awaitingSocket = Queue<Int32>()
    var sockets: UDPSockets
    /// Sockets with something in their outbox.
    var dirtySockets: [UInt16] = []
    var datagrams = DatagramBuffer()
    var outgoing = SendBuffer()
    var connections: TCPConnections
    /// Connections with something to send.
    var dirtyConnections: [Int] = []
    var streamBuffer = StreamBuffer()
    var encoder = QueryEncoder()
    var decoder = ReplyDecoder()
    var random = RandomPool()
    var departed = DepartedQueries()
    var counters = EngineCounters()
    var finished: [Batch] = []
    var isClosed = false
    private var publishedCounters = EngineCounters()
    private var isExiting = false
    private var events = [csys_event](repeating: csys_event(), count: 64)

    init(loop: EventLoop, poll: Int32, configuration: QueryEngine.Configuration) {
        self.loop = loop
        self.poll = poll
        let capacity = min(max(1, configuration.maximumInFlight), 60_000)
        transactions = TransactionTable(capacity: capacity)
        timers = TimerHeap(slots: capacity)
        servers = ServerTable(largestWindow: configuration.maximumInFlightPerServer)
        sockets = UDPSockets(poll: poll, poolSize: configuration.socketsPerFamily)
        connections = TCPConnections(poll: poll, idleTimeout: configuration.tcpIdleTimeout.nanoseconds)
        _ = csys_poll_set(poll, loop.signal, UInt32(CSYS_READABLE), PollToken.signal.rawValue, true)
    }

    deinit {
        Glibc.close(poll)
    }

    mutating func run() {
        while !isExiting {
            wait()
            endTimedOut()
            report()
            takeMessages()
            admitAwaitingSocket()
            admit()
            flush()
            flushConnections()
            report()
        }
        for message in loop.end() { handle(message) }
        report()
    }

    /// Waits for sockets, messages or the next timer, and receives what has come.
    private mutating func wait() {
        let count = csys_poll_wait(poll, &events, Int32(events.count), timeout)
        now = csys_now()
        date = Date()
        sockets.forgetChoice()
        for place in 0..<max(0, Int(count)) {
            let event = events[place]
            switch PollToken(rawValue: event.token) {
            case .signal: csys_signal_clear(loop.signal)
            case .udp(let number): handleUDP(number, ready: Int(event.ready))
            case .tcp(let number): handleTCP(number, ready: Int(event.ready))
            }
        }
    }

    private var timeout: Int64 {
        if loop.hasMessages || !queuedServers.isEmpty && transactions.hasRoom { return 0 }
        guard let next = [timers.next, connections.nextExpiry].compactMap(\.self).min() else { return -1 }
        let now = csys_now()
        return next > now ? Int64(next - now) : 0
    }

    /// Makes counters visible, and then lets those continue whose last reply has come.
    private mutating func report() {
        if counters != publishedCounters {
            publishedCounters = counters
            loop.publish(counters)
        }
        guard !finished.isEmpty else { return }
        for batch in finished { batch.resume() }
        finished.removeAll(keepingCapacity: true)
    }

    private mutating func takeMessages() {
        // Twice: a task that has just got its replies often asks the next question at once.
        for _ in 0..<2 {
            let messages = loop.takeMessages()
            if messages.isEmpty { return }
            for message in messages { handle(message) }
            report()
        }
    }

    private mutating func handle(_ message: EventLoop.Message) {
        switch message {
        case .run(let job): loop.run(job)
        case .begin(let batch): begin(batch)
        case .cancel(let batch): cancel(batch)
        case .close(let thenExit):
            close()
            isExiting = isExiting || thenExit
        }
    }
}
