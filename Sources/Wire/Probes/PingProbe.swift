import CSys
import DNSModel
import Glibc

/// Whether a machine answers an ICMP echo request (RFC 792, RFC 4443). It needs no privilege where the kernel lets this
/// program's group ping (`net.ipv4.ping_group_range`).
package struct PingProbe: Hashable, Sendable {
    package var address: IPAddress
    /// How long one request is waited for.
    package var timeout: Duration
    /// How many requests are sent at most, one after the other: the first that is answered ends the probe.
    package var tries: Int

    package init(_ address: IPAddress, timeout: Duration = .seconds(1), tries: Int = 3) {
        self.address = address
        self.timeout = timeout
        self.tries = tries
    }

    /// The time from the request to its answer.
    package func run() async -> Result<Duration, ProbeFailure> {
        do throws(SocketFailure) {
            let socket = try ConnectedSocket(pinging: address)
            for number in 1...max(1, tries) {
                let message = EchoMessage(address.family, number: UInt16(truncatingIfNeeded: number))
                if let time = try await ask(message, on: socket) { return .success(time) }
            }
            return .failure(.timeout)
        } catch .system(EACCES), .system(EPERM) {
            return .failure(
                .notPermitted(
                    "ICMP is not permitted here; widen net.ipv4.ping_group_range to this program's group (sysctl)"))
        } catch {
            return .failure(ProbeFailure(error, address.family))
        }
    }

    /// Nil when no answer came in time.
    private func ask(_ message: EchoMessage, on socket: ConnectedSocket) async throws(SocketFailure) -> Duration? {
        let start = ContinuousClock.now
        let deadline = start + timeout
        try await socket.send(message.octets, until: deadline)
        do throws(SocketFailure) {
            while true {
                let answer = try await socket.receive(upTo: 2048, until: deadline)
                if message.isAnswered(by: answer) { return .now - start }
            }
        } catch .timedOut {
            return nil
        }
    }
}

/// An echo request: type, code, checksum and identifier, which the kernel fills in, a number, and data to know it by.
struct EchoMessage {
    let octets: [UInt8]
    private let answerType: UInt8

    init(_ family: IPAddress.Family, number: UInt16) {
        answerType = family == .ipv4 ? 0 : 129
        let token = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
        octets = [family == .ipv4 ? 8 : 128, 0, 0, 0, 0, 0, UInt8(number >> 8), UInt8(number & 0xFF)] + token
    }

    /// Whether a message is the answer: an echo reply with the same number and data. The identifier is the kernel's.
    func isAnswered(by message: [UInt8]) -> Bool {
        message.count == octets.count && message[0] == answerType && message[6...] == octets[6...]
    }
}
