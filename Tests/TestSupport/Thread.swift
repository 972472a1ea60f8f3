import Glibc

/// Threads for servers that block, which Swift's own pool is not for.
enum Thread {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts a thread that nobody waits for.
    static func detach(_ body: @escaping @Sendable () -> Void) throws {
        pthread_detach(try start(body))
    }

    /// Starts a thread, which the caller must join.
    static func start(_ body: @escaping @Sendable () -> Void) throws -> pthread_t {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(Body(body))
        let status = pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, context.toOpaque())
        errno = status
        guard status == 0 else {
            context.release()
            throw SystemCallFailure("pthread_create")
        }
        return thread
    }
}
