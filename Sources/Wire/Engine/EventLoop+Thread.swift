import CSys
import Glibc

extension EventLoop {
    /// Starts the thread, which owns `poll` from then on.
    func start(poll: Int32, configuration: QueryEngine.Configuration) throws(WireError) {
        let context = Unmanaged.passRetained(ThreadContext(loop: self, poll: poll, configuration: configuration))
        var thread = pthread_t()
        let error = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<ThreadContext>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard error == 0 else {
            context.release()
            Glibc.close(poll)
            throw .system("pthread_create", errno: error)
        }
        pthread_detach(thread)
    }
}

/// What the thread starts with.
private final class ThreadContext {
    let loop: EventLoop
    let poll: Int32
    let configuration: QueryEngine.Configuration

    init(loop: EventLoop, poll: Int32, configuration: QueryEngine.Configuration) {
        self.loop = loop
        self.poll = poll
        self.configuration = configuration
    }

    func run() {
        loop.bindToCurrentThread()
        var queries = QueryLoop(loop: loop, poll: poll, configuration: configuration)
        queries.run()
    }
}
