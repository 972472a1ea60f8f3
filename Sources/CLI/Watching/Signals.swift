import CSys
import Glibc

/// Signals as a sequence of values.
enum Signals {
    /// Ends a watch: Ctrl-C, a polite kill, a terminal that went away.
    static let ending: Set<Int32> = [SIGINT, SIGTERM, SIGHUP]
    /// The screen is no longer what was drawn on it, or is to be left for a while (Ctrl-Z).
    static let drawing: Set<Int32> = [SIGWINCH, SIGCONT, SIGTSTP]

    /// These signals as they arrive, from now on, in place of what they do by default. For one caller only.
    static func stream() -> AsyncStream<Int32> {
        for signal in ending.union(drawing) { csys_divert_signal(signal) }
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        let pipe = csys_signal_pipe()
        guard pipe >= 0 else { return stream }
        let sink = Unmanaged.passRetained(Sink(pipe, continuation))
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

    /// Where the thread that waits for signals passes them on.
    private final class Sink: Sendable {
        private let pipe: Int32
        private let continuation: AsyncStream<Int32>.Continuation

        init(_ pipe: Int32, _ continuation: AsyncStream<Int32>.Continuation) {
            self.pipe = pipe
            self.continuation = continuation
        }

        func run() {
            while true {
                var octet: UInt8 = 0
                let count = read(pipe, &octet, 1)
                if count < 0, errno == EINTR { continue }
                guard count == 1 else { return continuation.finish() }
                if case .terminated = continuation.yield(Int32(octet)) { return }
            }
        }
    }
}
