import DNSModel

/// A zone's primary server, hidden or not, as one who may change the zone meets it.
///
/// Messages go over UDP when they fit into 512 octets and the endpoint's transport is `udp`, else over TCP. A message is
/// repeated as it is, with its ID.
package struct PrimaryServer: Hashable, Sendable {
    package let endpoint: Endpoint
    /// Signs what is sent; answers must then be signed, too. Nil for servers that go by address.
    package let key: TSIGKey?
    package var retry: RetryPolicy

    package init(_ endpoint: Endpoint, key: TSIGKey? = nil, retry: RetryPolicy = RetryPolicy()) {
        self.endpoint = endpoint
        self.key = key
        self.retry = retry
    }

    /// Has the server change the zone; returns when it has said that it did.
    ///
    /// Should the first message arrive but its answer be lost, the repeated one meets the changed zone. A prerequisite that
    /// then fails tells nothing, so it is `uncertain`.
    package func send(_ update: DynamicUpdate) async throws(UpdateFailure) {
        if let problem = update.problem { throw .badRequest(problem) }
        let packet = OutgoingPacket(update, id: .random(in: .min ... .max))
        let (answer, isRepeated) = try await exchange(packet, opcode: .update)
        let code = answer.code
        guard code != .noError else { return }
        guard code.isPrerequisite else { throw .refused(.other(code)) }
        guard !isRepeated else {
            throw .uncertain("\(endpoint): \(code) to a repeated update, which its first sending may have caused")
        }
        throw .refused(.prerequisite(code))
    }

    /// Asks a question, signed as an update would be; the answer is authentic if a key was given.
    package func ask(_ question: Question) async throws(UpdateFailure) -> Response {
        let packet = OutgoingPacket(question, id: .random(in: .min ... .max))
        let (answer, _) = try await exchange(packet, opcode: .query(question))
        do throws(PacketDefect) {
            return try answer.response(to: question)
        } catch {
            throw .uncertain("\(endpoint): a malformed answer: \(error.reason)")
        }
    }

    private func exchange(
        _ packet: consuming OutgoingPacket, opcode: PrimaryAnswer.Opcode
    ) async throws(UpdateFailure) -> (PrimaryAnswer, isRepeated: Bool) {
        guard !endpoint.transport.isSecure else {
            throw .badRequest("\(endpoint): primary servers are asked over udp or tcp only")
        }
        var exchange = PrimaryExchange(server: self, request: try signed(packet), opcode: opcode)
        let answer = try await exchange.run()
        if let refusal = answer.refusedSignature { throw .refused(refusal) }
        return (answer, exchange.isRepeated)
    }

    private func signed(_ packet: consuming OutgoingPacket) throws(UpdateFailure) -> PrimaryRequest {
        let mac: [UInt8]?
        do throws(TSIGKeyError) {
            mac = try key.map { key throws(TSIGKeyError) in try packet.sign(with: key) }
        } catch {
            throw .badRequest(error.description)
        }
        guard let octets = packet.octets() else { throw .badRequest("the update does not fit into one message") }
        return PrimaryRequest(octets: octets, mac: mac)
    }
}

/// A message for a primary server, and its signature.
struct PrimaryRequest {
    let octets: [UInt8]
    let mac: [UInt8]?
}

extension ResponseCode {
    /// Whether it says that a prerequisite does not hold (RFC 2136 §2.2).
    var isPrerequisite: Bool { rawValue == 3 || (6...8).contains(rawValue) }
}
