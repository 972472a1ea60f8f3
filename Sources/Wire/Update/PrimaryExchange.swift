import DNSModel

/// One message to a primary server and the way to its answer.
struct PrimaryExchange {
    private let server: PrimaryServer
    private let request: PrimaryRequest
    private let opcode: PrimaryAnswer.Opcode
    private let deadline: ContinuousClock.Instant
    /// Whether the server may have had the message already before it was last sent.
    private(set) var isRepeated = false
    /// Whether a message that was sent may have arrived.
    private var mayHaveArrived = false
    /// Why something that came was not taken for the answer.
    private var doubt: String?

    /// What any server takes and sends by UDP (RFC 1035 §2.3.4).
    private static let datagramLimit = 512

    init(server: PrimaryServer, request: PrimaryRequest, opcode: PrimaryAnswer.Opcode) {
        self.server = server
        self.request = request
        self.opcode = opcode
        deadline = .now + server.retry.deadline
    }

    mutating func run() async throws(UpdateFailure) -> PrimaryAnswer {
        do throws(SocketFailure) {
            let fits = request.octets.count <= Self.datagramLimit
            if server.endpoint.transport == .udp, fits, let answer = try await askByDatagram() { return answer }
            return try await askByStream()
        } catch {
            throw failure(error)
        }
    }

    /// Nil when the answer is too long for a datagram.
    private mutating func askByDatagram() async throws(SocketFailure) -> PrimaryAnswer? {
        let socket = try ConnectedSocket(udpTo: server.endpoint)
        for _ in 0..<max(1, server.retry.tries) {
            isRepeated = mayHaveArrived
            do throws(SocketFailure) {
                try await socket.send(request.octets, until: deadline)
                return try await listen(to: socket, until: min(deadline, .now + server.retry.tryTimeout))
            } catch {
                mayHaveArrived = mayHaveArrived || !error.isRefusal
                guard error == .timedOut, ContinuousClock.now < deadline else { throw error }
            }
        }
        throw .timedOut
    }

    private mutating func listen(
        to socket: ConnectedSocket, until end: ContinuousClock.Instant
    ) async throws(SocketFailure) -> PrimaryAnswer? {
        while true {
            let octets = try await socket.receive(upTo: 65_535, until: end)
            switch read(octets) {
            case .answer(let answer): return answer
            case .truncated:
                mayHaveArrived = true
                return nil
            // Anybody may send a datagram: the right answer may still come.
            case .doubtful(let why): doubt = why
            case .other: break
            }
        }
    }

    private mutating func askByStream() async throws(SocketFailure) -> PrimaryAnswer {
        let socket = try await ConnectedSocket(tcpTo: server.endpoint, until: deadline)
        isRepeated = mayHaveArrived
        mayHaveArrived = true
        let count = request.octets.count
        try await socket.send([UInt8(count >> 8), UInt8(count & 0xFF)] + request.octets, until: deadline)
        while true {
            let length = try await socket.receive(exactly: 2, until: deadline)
            let octets = try await socket.receive(exactly: Int(length[0]) << 8 | Int(length[1]), until: deadline)
            switch read(octets) {
            case .answer(let answer): return answer
            case .doubtful(let why):
                doubt = why
                throw .closed
            case .truncated:
                doubt = "the answer is cut though it came over TCP"
                throw .closed
            case .other: break
            }
        }
    }

    private func read(_ octets: [UInt8]) -> PrimaryAnswer.Reading {
        PrimaryAnswer.read(octets, to: request, opcode: opcode, key: server.key)
    }

    private func failure(_ failure: SocketFailure) -> UpdateFailure {
        let reason = failure.queryFailure(server.endpoint.address.family)
        guard mayHaveArrived else { return .notReceived(reason) }
        return .uncertain("\(server.endpoint): \(doubt ?? reason.description)")
    }
}
