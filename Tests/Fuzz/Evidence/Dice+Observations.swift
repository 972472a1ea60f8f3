import DNSModel
import FoundationEssentials

extension Dice {
    /// What one of a few servers said; `first` is surely among it.
    mutating func observation(
        _ side: ObservedServer.Side, of scene: Scene, number: Int, saying first: Response? = nil
    ) -> Observation {
        var samples = list(0...3) { $0.sample(of: scene) }
        if let first { samples.insert(sample(.success(first)), at: 0) }
        let question = oneIn(6) ? Question(pick(from: scene.names) ?? .root, scene.question.type) : scene.question
        return Observation(
            server: server(side, number), question: question, samples: samples,
            earlier: once(in: 3) { $0.sample(of: scene) }, checkingDisabled: once(in: 3) { $0.sample(of: scene) },
            identity: identity(), secureIdentity: identity(), twin: once(in: 3) { $0.sample(of: scene) },
            serial: once(in: 2) { $0.serial() }, vantage: pick("local", "local", text()),
            notAsked: samples.isEmpty ? once(in: 2) { $0.text() } : nil)
    }

    mutating func sample(of scene: Scene) -> Sample {
        if oneIn(4) { return sample(.failure(failure())) }
        return sample(.success(oneIn(2) ? response(in: scene) : pick(from: scene.responses) ?? response(in: scene)))
    }

    private mutating func sample(_ result: Result<Response, QueryFailure>) -> Sample {
        Sample(
            receivedAt: time(), rtt: .microseconds(pick(0, 1, 20_000, 5_000_000)), result: result,
            transport: pick(.udp, .tcp, .tls, .https))
    }

    /// Around the start, to the second or not; clocks may be set back.
    mutating func time() -> Date {
        Scene.start.addingTimeInterval(pick(0, 0.001, 1, 1.5, 60, 299, 300, 301, 4000, 2_600_000, -1, -0.25, -100_000))
    }

    mutating func failure() -> QueryFailure {
        pick(
            .timeout, .unreachable(text()), .noRoute(.ipv6), .truncated(text()), .transport(text()), .malformed(text()),
            .cancelled)
    }

    private mutating func server(_ side: ObservedServer.Side, _ number: Int) -> ObservedServer {
        let id = side == .authoritative ? "ns\(number).zoo.test" : "resolver\(number)"
        let patterns = Resolver.Identity(
            nsid: oneIn(3) ? Scene.nsidPattern : nil,
            idServer: oneIn(3) ? Scene.idServerPattern : nil)
        return ObservedServer(
            side: side, id: id, label: oneIn(8) ? text() : id, operatorID: "operator\(number / 2)",
            operatorName: oneIn(8) ? text() : "Operator \(number / 2)", country: pick(nil, "CH", text()),
            endpoint: Endpoint(address(number), transport: pick(.udp, .udp, .tls, .https)), identityPatterns: patterns,
            ttlCap: once(in: 4) { $0.ttl() }, blocksWithEmptyAuthority: oneIn(6))
    }

    private mutating func address(_ number: Int) -> IPAddress {
        let octets: [UInt8] = oneIn(3) ? [0x20, 1, 0xD, 0xB8] + Array(repeating: 0, count: 11) : [198, 51, 100]
        return IPAddress(octets: octets + [UInt8(number)]) ?? .unspecified
    }

    private mutating func identity() -> ServerIdentity {
        ServerIdentity(
            nsid: once(in: 2) { $0.pick("ns1", "fra2", $0.text()) },
            idServer: once(in: 2) { $0.pick("a.resolver.test", $0.text()) })
    }
}
