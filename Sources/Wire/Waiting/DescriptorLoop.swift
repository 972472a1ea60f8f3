import CSys
import Glibc
import Synchronization

/// Waits for descriptors to become ready, on one thread, for any number of tasks.
///
/// There is one for the whole process, started when it is first needed. At most one task may wait for a descriptor at a
/// time, and the descriptor must stay open meanwhile.
final class DescriptorLoop: Sendable {
    enum Interest: UInt32 {
        case readable = 1
        case writable = 4
    }

    enum Outcome: Equatable {
        /// It can be read or written, or has failed, which reading or writing then tells.
        case ready
        case timedOut
        /// The task was cancelled.
        case cancelled
        /// It cannot be waited for; the error's number.
        case failed(Int32)
    }

    static let shared = Result { () throws(WireError) in try DescriptorLoop() }

    private let poll: Int32
    private let signal: Int32
    private let waiters = Mutex(DescriptorWaiters())

    private init() throws(WireError) {
        // Thousands of checks at once take as many descriptors.
        _ = csys_raise_descriptor_limit()
        poll = csys_poll_open()
        signal = csys_signal_open()
        guard poll >= 0, signal >= 0 else { throw .system("epoll_create1", errno: -min(poll, signal)) }
        let error = csys_poll_set(poll, signal, Interest.readable.rawValue, .max, true)
        guard error == 0 else { throw .system("epoll_ctl", errno: -error) }
        try start()
    }

    /// Returns when the descriptor is ready, the deadline has come or the task is cancelled. Nil waits for ever.
    func wait(
        for interest: Interest, on descriptor: Int32, until deadline: ContinuousClock.Instant?
    ) async -> Outcome {
        let ticket = waiters.withLock { $0.reserve() }
        let time = deadline.map { csys_now() + ($0 - .now).nanoseconds }
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                begin(DescriptorWaiter(descriptor, continuation), ticket, interest, until: time)
                // A cancellation before this point found nobody waiting.
                if Task.isCancelled { end(ticket, .cancelled) }
            }
        } onCancel: {
            end(ticket, .cancelled)
        }
    }

    private func begin(_ waiter: DescriptorWaiter, _ ticket: UInt64, _ interest: Interest, until time: UInt64?) {
        // The lock is held over both: else the descriptor could be ready before its waiter is known.
        let (error, isSooner) = waiters.withLock { waiters in
            let isSooner = waiters.begin(waiter, ticket, until: time)
            return (csys_poll_set(poll, waiter.descriptor, interest.rawValue, ticket, true), isSooner)
        }
        if isSooner { csys_signal_send(signal) }
        // What cannot be polled, such as a file, is always ready.
        if error != 0 { end(ticket, error == -EPERM ? .ready : .failed(-error)) }
    }

    private func end(_ ticket: UInt64, _ outcome: Outcome) {
        let waiter = waiters.withLock { waiters in
            let waiter = waiters.end(ticket)
            if let waiter { csys_poll_remove(poll, waiter.descriptor) }
            return waiter
        }
        waiter?.continuation.resume(returning: outcome)
    }

    private func start() throws(WireError) {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        let error = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<DescriptorLoop>.fromOpaque(context).takeRetainedValue().run()
            }, context.toOpaque())
        guard error == 0 else {
            context.release()
            throw .system("pthread_create", errno: error)
        }
        pthread_detach(thread)
    }

    private func run() -> Never {
        var events = [csys_event](repeating: csys_event(), count: 64)
        while true {
            let count = csys_poll_wait(poll, &events, Int32(events.count), timeout)
            for event in events.prefix(max(0, Int(count))) {
                if event.token == .max { csys_signal_clear(signal) } else { end(event.token, .ready) }
            }
            while let ticket = waiters.withLock({ $0.popDue(at: csys_now()) }) { end(ticket, .timedOut) }
        }
    }

    private var timeout: Int64 {
        guard let next = waiters.withLock({ $0.sleep() }) else { return -1 }
        let now = csys_now()
        return next > now ? Int64(clamping: next - now) : 0
    }
}

/// Who waits for a descriptor.
struct DescriptorWaiter {
    let descriptor: Int32
    let continuation: UnsafeContinuation<DescriptorLoop.Outcome, Never>

    init(_ descriptor: Int32, _ continuation: UnsafeContinuation<DescriptorLoop.Outcome, Never>) {
        self.descriptor = descriptor
        self.continuation = continuation
    }
}
