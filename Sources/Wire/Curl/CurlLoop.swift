import Glibc
import Synchronization

/// Carries HTTP requests and DNS messages over TLS on one thread, however many callers await.
///
/// libcurl is opened, and the thread started, with the first of them. Both end with the loop; whatever is still under way
/// when the process exits is given up first, so that TLS is not torn down beneath it.
package final class CurlLoop: Sendable {
    private enum State {
        case unused
        case running(CurlThread)
    }

    private let state = Mutex(State.unused)
    private let tickets = Atomic<UInt64>(0)

    package init() {}

    deinit {
        if case .running(let thread) = state.withLock({ $0 }) { LiveThreads.stop(thread) }
    }

    /// Sends a request and gives its response; cancelling the task closes what it alone uses.
    func send(_ request: HTTPRequest, trust: TLSTrust) async -> Result<HTTPResponse, TransferFailure> {
        await perform { driver, ticket, completion in
            driver.start(request, trust: trust, ticket: ticket, completion: completion)
        }
    }

    /// Sets TLS up with a server, tells about it, and closes the connection.
    func handshake(_ probe: TLSProbe, trust: TLSTrust) async -> Result<ConnectionDetails, TransferFailure> {
        await perform { driver, ticket, completion in
            driver.start(probe, trust: trust, ticket: ticket, completion: completion)
        }
    }

    /// Exchanges a DNS message over a kept connection, or over a new one that is closed after it.
    func exchange(
        _ message: [UInt8], over peer: TLSPeer, timeout: Duration, newConnection: Bool
    ) async -> Result<[UInt8], TransferFailure> {
        let deadline = ContinuousClock.now + timeout
        return await perform { driver, ticket, completion in
            let exchange = StreamExchange(
                ticket: ticket, message: message, deadline: deadline, ownConnection: newConnection,
                completion: completion)
            driver.start(exchange, with: peer)
        }
    }

    private func perform<Value: Sendable>(
        _ start: @escaping @Sendable (CurlDriver, UInt64, @escaping Completion<Value>) -> Void
    ) async -> Result<Value, TransferFailure> {
        let thread: CurlThread
        do { thread = try runningThread() } catch { return .failure(error) }
        let ticket = tickets.add(1, ordering: .relaxed).newValue
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isAccepted = thread.submit { driver in start(driver, ticket) { continuation.resume(returning: $0) }
                }
                if !isAccepted { continuation.resume(returning: .failure(.cancelled)) }
                // A cancellation before this point found nothing to cancel.
                if Task.isCancelled { cancel(ticket, on: thread) }
            }
        } onCancel: {
            cancel(ticket, on: thread)
        }
    }

    private func cancel(_ ticket: UInt64, on thread: CurlThread) {
        _ = thread.submit { $0.cancel(ticket) }
    }

    private func runningThread() throws(TransferFailure) -> CurlThread {
        try state.withLock { (state) throws(TransferFailure) in
            if case .running(let thread) = state { return thread }
            let thread = try CurlThread(CurlLibrary.shared.get())
            LiveThreads.add(thread)
            state = .running(thread)
            return thread
        }
    }
}

/// How what was started on the loop ended; called once, on the loop's thread.
typealias Completion<Value> = (Result<Value, TransferFailure>) -> Void

/// The threads that `exit` must end before the TLS library's own exit handler runs.
private enum LiveThreads {
    private static let threads = Mutex<[ObjectIdentifier: CurlThread]>([:])

    // Registered after libcurl, and with it the TLS library, was opened; exit handlers run in the opposite order.
    private static let exitHandler: Void = {
        atexit {
            for thread in LiveThreads.threads.withLock({ Array($0.values) }) { thread.stop() }
        }
    }()

    static func add(_ thread: CurlThread) {
        _ = exitHandler
        threads.withLock { $0[ObjectIdentifier(thread)] = thread }
    }

    static func stop(_ thread: CurlThread) {
        thread.stop()
        threads.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(thread)) }
    }
}
