import DNSModel

/// Whether a TCP port takes connections and, where wanted, gives the expected answer.
package struct TCPProbe: Hashable, Sendable {
    package var address: IPAddress
    package var port: UInt16
    /// How long everything may take.
    package var timeout: Duration
    /// Is sent as soon as the connection stands.
    package var message: [UInt8] = []
    /// Must be among the first 64 KiB of what comes; empty: the connection is enough.
    package var expected: [UInt8] = []

    /// What a probe that found the server well has measured, from its beginning.
    package struct Finding: Hashable, Sendable {
        /// When the connection stood.
        package let connected: Duration
        /// When all was done.
        package let total: Duration
    }

    private static let limit = 64 * 1024

    package init(_ address: IPAddress, port: UInt16, timeout: Duration = .seconds(5)) {
        self.address = address
        self.port = port
        self.timeout = timeout
    }

    package func run() async -> Result<Finding, ProbeFailure> {
        let start = ContinuousClock.now
        let deadline = start + timeout
        do throws(SocketFailure) {
            let socket = try await ConnectedSocket(
                tcpTo: Endpoint(address, port: port, transport: .tcp), until: deadline)
            let connected = ContinuousClock.now - start
            if !message.isEmpty { try await socket.send(message, until: deadline) }
            if let other = try await unexpectedAnswer(on: socket, until: deadline) {
                return .failure(.unexpected(other))
            }
            return .success(Finding(connected: connected, total: .now - start))
        } catch {
            return .failure(ProbeFailure(error, address.family))
        }
    }

    /// What came instead of what was expected; nil once that has come.
    private func unexpectedAnswer(
        on socket: ConnectedSocket, until deadline: ContinuousClock.Instant
    ) async throws(SocketFailure) -> [UInt8]? {
        guard !expected.isEmpty else { return nil }
        var received: [UInt8] = []
        while received.firstRange(of: expected) == nil {
            let part: [UInt8]
            do throws(SocketFailure) {
                part = try await socket.receive(upTo: 4096, until: deadline)
            } catch {
                // Silence after some other words is about those words.
                if error == .timedOut, !received.isEmpty { return received }
                throw error
            }
            guard !part.isEmpty else {
                if received.isEmpty { throw .closed }
                return received
            }
            received += part
            guard received.count < Self.limit || received.firstRange(of: expected) != nil else { return received }
        }
        return nil
    }
}
