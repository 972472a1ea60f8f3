import DNSModel
import TestSupport
import Testing

@testable import Wire

@Suite("An ICMP probe, as far as the kernel lets this program ping")
struct PingProbeTests {
    /// Whether sockets for pings can be opened here (`net.ipv4.ping_group_range`).
    private static let isPermitted: Bool = {
        guard case .failure(.notPermitted) = ResultBox.ping else { return true }
        return false
    }()

    private enum ResultBox {
        static var ping: Result<ConnectedSocket, ProbeFailure> {
            do throws(SocketFailure) {
                return .success(try ConnectedSocket(pinging: .loopback))
            } catch {
                return .failure(.notPermitted(""))
            }
        }
    }

    @Test("A machine that answers is well", .enabled(if: isPermitted, "the kernel does not let us ping"))
    func answer() async throws {
        #expect(try await PingProbe(.loopback, timeout: .seconds(20)).run().get() > .zero)
    }

    @Test("So is one over IPv6", .enabled(if: isPermitted, "the kernel does not let us ping"))
    func answerOverIPv6() async throws {
        let address = try #require(IPAddress("::1"))
        #expect(try await PingProbe(address, timeout: .seconds(20)).run().get() > .zero)
    }

    @Test("Many at once each get their own answer", .enabled(if: isPermitted, "the kernel does not let us ping"))
    func many() async throws {
        let answered = await withTaskGroup(of: Bool.self) { group in
            for number in 1...200 {
                group.addTask {
                    guard let address = IPAddress("127.0.0.\(number)") else { return false }
                    return (try? await PingProbe(address, timeout: .seconds(20)).run().get()) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(answered == 200)
    }

    @Test("A machine that is silent is a timeout", .enabled(if: isPermitted, "the kernel does not let us ping"))
    func silence() async throws {
        // The kernel drops echo requests to broadcast addresses, or refuses to send them.
        let address = try #require(IPAddress("127.255.255.255"))
        let result = await PingProbe(address, timeout: .milliseconds(50), tries: 2).run()
        #expect((try? result.get()) == nil)
    }

    @Test("Where the kernel forbids it, nothing is said about the server", .enabled(if: !isPermitted, "we may ping"))
    func notPermitted() async throws {
        guard case .failure(let failure) = await PingProbe(.loopback).run() else {
            Issue.record("pinged all the same")
            return
        }
        #expect(!failure.isVerdict)
        #expect(failure.description.contains("net.ipv4.ping_group_range"))
    }

    static let answers: [Case<@Sendable ([UInt8]) -> [UInt8], Bool>] = [
        Case("the reply", { [0] + $0.dropFirst() }, true),
        Case("with the identifier that the kernel gave", { [0, 0, 9, 9, 9, 9] + $0.dropFirst(6) }, true),
        Case("the request itself", { $0 }, false),
        Case("to an earlier request", { [0] + $0[1..<7] + [9] + $0[8...] }, false),
        Case("with other data", { [0] + $0.dropFirst().dropLast() + [$0[$0.count - 1] ^ 1] }, false),
        Case("cut", { [0] + $0.dropFirst().dropLast() }, false),
        Case("empty", { _ in [] }, false),
        Case("destination unreachable", { [3] + $0.dropFirst() }, false),
    ]

    @Test("Only the reply to this request is its answer", arguments: answers)
    func matching(answer: Case<@Sendable ([UInt8]) -> [UInt8], Bool>) {
        let message = EchoMessage(.ipv4, number: 1)
        #expect(message.isAnswered(by: answer.input(message.octets)) == answer.output)
    }
}
