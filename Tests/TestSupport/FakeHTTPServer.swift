import Glibc
import Synchronization

/// An HTTP/1.1 server on loopback that answers as a test has written, and remembers what it was asked.
///
/// A route's answers are given in turn, and the last one again and again. What has no route gets a 404 without a body.
package final class FakeHTTPServer: Sendable {
    package enum Answer: Sendable {
        case response(Int, headers: [(String, String)] = [], body: String = "")
        /// The answer that follows in the script, but only once the test calls `release`.
        case held
        /// Ends the connection without a word.
        case disconnect
        /// These octets and the connection's end.
        case raw(String)
    }

    private let listener: any ListeningSocket
    private let state = FakeHTTPState()
    private let thread: pthread_t

    /// Listens on 127.0.0.1, at a port of the kernel's choice.
    package convenience init() throws {
        try self.init(listener: LoopbackSocket(.tcpListener))
    }

    /// Listens on a Unix-domain socket, of which this makes the file.
    package convenience init(socketPath: String) throws {
        try self.init(listener: UnixListener(socketPath))
    }

    private init(listener: any ListeningSocket) throws {
        self.listener = listener
        thread = try Thread.start { [listener, state] in
            while true {
                let connection = accept(listener.descriptor, nil, nil)
                guard connection >= 0 else { return }
                // A program that a test starts meanwhile must not keep the connection open.
                _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
                guard state.add(connection) else { continue }
                try? Thread.detach { FakeHTTPConnection(connection, state).serve() }
            }
        }
    }

    deinit {
        shutdown(listener.descriptor, Int32(SHUT_RDWR))
        state.close()
        pthread_join(thread, nil)
    }

    /// Zero for a Unix-domain socket.
    package var port: UInt16 { listener.port }

    /// `http://127.0.0.1:` and the port, without a slash at the end.
    package var url: String { "http://127.0.0.1:\(port)" }

    /// Scripts a route; `target` is the path with its query.
    package func on(_ method: String, _ target: String, _ answers: Answer...) {
        script(method, target, answers)
    }

    package func script(_ method: String, _ target: String, _ answers: [Answer]) {
        state.script("\(method) \(target)", answers)
    }

    /// Everything asked so far, in order.
    package var requests: [FakeHTTPRequest] { state.requests }

    /// How many connections were made so far.
    package var connectionCount: Int { state.connectionCount }

    /// Returns once this many requests have come.
    package func received(_ count: Int) async { await state.wait { $0.requests.count >= count } }

    /// Returns once this many connections have been made.
    package func connected(_ count: Int) async { await state.wait { $0.connectionCount >= count } }

    /// Returns once a client has ended a connection on which it was owed an answer.
    package func abandoned() async { await state.wait { $0.abandoned > 0 } }

    /// Returns once no connection is left.
    package func disconnected() async { await state.wait { $0.connections.isEmpty } }

    /// Lets all held answers go, those to come included.
    package func release() { state.release() }
}

/// One request that a fake server received.
package struct FakeHTTPRequest: Sendable {
    package let method: String
    package let target: String
    /// By name in lower case.
    package let headers: [String: String]
    package let body: String

    /// The body's fields, were it a form; in order, still escaped.
    package var fields: [String] { body.split(separator: "&", omittingEmptySubsequences: false).map(String.init) }
}
