import CSys
import DNSModel
import Glibc
import Synchronization

/// A name server on loopback, over UDP and TCP on one port, that does with each message what its script says.
///
/// The script runs on the server's own thread, one message at a time, so it may decide by what has come before.
package final class FakeNameServer: Sendable {
    /// What to do about a message, in order.
    package enum Action: Sendable {
        /// Answers as an honest server would: from the address that was asked, over TCP with its length.
        case reply([UInt8])
        /// Sends a datagram from another port of the same address.
        case replyFromOtherPort([UInt8])
        /// Sends a datagram from another address with the right port; IPv4 only.
        case replyFromOtherAddress([UInt8])
        /// Writes octets to the TCP stream as they are.
        case write([UInt8])
        /// Ends the TCP connection.
        case close
        /// Keeps a reply back, however long, until `release` or a later message's `releaseHeld`.
        case hold([UInt8])
        /// Sends all that was kept back, the last one first.
        case releaseHeld
    }

    package typealias Script = @Sendable (FakeQuery) -> [Action]

    package let address: IPAddress
    package let port: UInt16
    private let shared: Shared
    private let thread: Mutex<pthread_t?>

    /// What the thread and the tests share.
    final class Shared: Sendable {
        let queries = Mutex<[FakeQuery]>([])
        let connectionCount = Mutex(0)
        let commands = Mutex<[Command]>([])
        let signal = csys_signal_open()

        enum Command: Sendable { case release, stop }

        deinit { Glibc.close(signal) }
    }

    package init(
        _ family: IPAddress.Family = .ipv4, listensOnTCP: Bool = true, script: @escaping Script
    ) throws {
        let sockets = try FakeServerSockets(family, listensOnTCP: listensOnTCP)
        (address, port) = (sockets.address, sockets.port)
        let shared = Shared()
        self.shared = shared
        thread = Mutex(nil)
        let started = try Thread.start {
            var loop = FakeServerLoop(sockets: sockets, shared: shared, script: script)
            loop.run()
        }
        thread.withLock { $0 = started }
    }

    deinit {
        command(.stop)
        if let thread = thread.withLock(\.self) { pthread_join(thread, nil) }
    }

    package func endpoint(_ transport: Endpoint.Transport = .udp) -> Endpoint {
        Endpoint(address, port: port, transport: transport)
    }

    /// What has been asked so far.
    package var queries: [FakeQuery] { shared.queries.withLock(\.self) }

    /// How many TCP connections have been accepted.
    package var connectionCount: Int { shared.connectionCount.withLock(\.self) }

    /// Sends all that was kept back.
    package func release() { command(.release) }

    private func command(_ command: Shared.Command) {
        shared.commands.withLock { $0.append(command) }
        csys_signal_send(shared.signal)
    }
}
