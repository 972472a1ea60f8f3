import Synchronization

/// Lets a task's cancellation reach its batch, whichever comes first.
final class BatchCancellation: Sendable {
    private enum State {
        case idle
        case begun(Batch)
        case cancelled
    }

    private let loop: EventLoop
    private let state = Mutex(State.idle)

    init(_ loop: EventLoop) {
        self.loop = loop
    }

    /// Submits the batch; a task that was cancelled before gets it back at once.
    func begin(_ batch: Batch) {
        let wasCancelled = state.withLock { state in
            if case .cancelled = state { return true }
            state = .begun(batch)
            return false
        }
        loop.submit(.begin(batch))
        if wasCancelled { loop.submit(.cancel(batch)) }
    }

    func cancel() {
        let batch: Batch? = state.withLock { state in
            defer { state = .cancelled }
            if case .begun(let batch) = state { return batch }
            return nil
        }
        if let batch { loop.submit(.cancel(batch)) }
    }
}
