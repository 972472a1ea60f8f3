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

    /// Submits the batch, marked as cancelled when its task is.
    func begin(_ batch: Batch) {
        state.withLock { state in
            switch state {
            case .cancelled: batch.isCancelled = true
            case .idle, .begun: state = .begun(batch)
            }
        }
        loop.submit(.begin(batch))
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
