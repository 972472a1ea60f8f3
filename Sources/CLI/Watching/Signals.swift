import Glibc

/// Signals as a sequence of values.
enum Signals {
    /// Ends a watch: Ctrl-C, a polite kill, a terminal that went away.
    static let ending: Set<Int32> = [SIGINT, SIGTERM, SIGHUP]
    /// The screen is no longer what was drawn on it.
    static let redrawing: Set<Int32> = [SIGWINCH, SIGCONT]

    /// Holds the signals back for `stream`. Threads inherit this, so it comes before the first other thread.
    static func hold() {
        var signals = set
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// The signals held back, as they arrive.
    static func stream() -> AsyncStream<Int32> {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        let sink = Unmanaged.passRetained(Sink(continuation))
        var thread = pthread_t()
        let error = pthread_create(
            &thread, nil,
            { sink in
                if let sink { Unmanaged<Sink>.fromOpaque(sink).takeRetainedValue().run() }
                return nil
            }, sink.toOpaque())
        if error != 0 { sink.release() }
        return stream
    }

    fileprivate static var set: sigset_t {
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in ending.union(redrawing) { sigaddset(&signals, signal) }
        return signals
    }

    /// Where the thread that waits for signals passes them on.
    private final class Sink: Sendable {
        private let continuation: AsyncStream<Int32>.Continuation

        init(_ continuation: AsyncStream<Int32>.Continuation) {
            self.continuation = continuation
        }

        func run() {
            var signals = Signals.set
            while true {
                var signal: Int32 = 0
                guard sigwait(&signals, &signal) == 0 else { continue }
                if case .terminated = continuation.yield(signal) { return }
            }
        }
    }
}
