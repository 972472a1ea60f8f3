import DNSModel
import FoundationEssentials

/// The queries of one call of `ask` and who waits for them.
///
/// Its mutable part belongs to the loop's thread from when it is submitted: nothing else touches it, so nothing guards it.
final class Batch: @unchecked Sendable {
    let queries: [Query]
    /// The places in `queries` that this batch is for.
    let indices: [Int32]
    let timing: Timing
    let onReply: @Sendable (Reply) -> Void
    private let continuation: UnsafeContinuation<Void, Never>
    private var remaining: Int
    var isCancelled = false

    init(
        _ queries: [Query], at indices: [Int32], retry: RetryPolicy, onReply: @escaping @Sendable (Reply) -> Void,
        continuation: UnsafeContinuation<Void, Never>
    ) {
        self.queries = queries
        self.indices = indices
        timing = Timing(retry)
        self.onReply = onReply
        self.continuation = continuation
        remaining = indices.count
    }

    /// Hands one reply on; true when it was the last.
    func deliver(_ reply: Reply) -> Bool {
        onReply(reply)
        remaining -= 1
        return remaining == 0
    }

    func resume() {
        continuation.resume()
    }

    /// A retry policy in the loop's nanoseconds, with senseless values made sensible.
    struct Timing {
        let tryTimeout: UInt64
        let deadline: UInt64
        let tries: Int

        init(_ policy: RetryPolicy) {
            tryTimeout = policy.tryTimeout.nanoseconds
            deadline = policy.deadline.nanoseconds
            tries = min(max(1, policy.tries), 100)
        }
    }
}

extension Duration {
    /// Whole nanoseconds, from 1 to a year.
    var nanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 1 }
        guard seconds < 31_536_000 else { return 31_536_000 * 1_000_000_000 }
        return max(1, UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000))
    }
}
