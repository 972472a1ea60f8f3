import DNSModel
import FoundationEssentials

/// Reports as the judging makes them, on evidence of every kind. The record is `cat.he.okerr.example A` in the zone
/// `he.okerr.example`; the new value is 192.0.2.2, the old one 192.0.2.1.
package struct SampleReport {
    package private(set) var evidence: GatheredEvidence

    package static let start = Date(timeIntervalSince1970: 1_795_264_320)
    package static let zone = name("he.okerr.example")

    package init(_ name: String = "cat.he.okerr.example", type: RecordType = .a) {
        evidence = GatheredEvidence(
            question: Question(Self.name(name), type), zones: [], startedAt: Self.start,
            now: Self.start.addingTimeInterval(1.234))
    }

    package var report: PropagationReport { PropagationReport(of: evidence) }

    /// Makes a report with `servers` addresses of the zone, all with the new value.
    package mutating func addServers(_ count: Int, serial: UInt32 = 2_026_112_101) {
        for index in 1...count { addServer("ns\(index)", .values(["192.0.2.2"], ttl: 300), serial: serial) }
    }

    package mutating func addServer(
        _ label: String, _ answer: Answer?, serial: UInt32? = 2_026_112_101, address text: String? = nil
    ) {
        let name = Self.name("\(label).example.net")
        let index = evidence.authoritative.count + 1
        let address = Self.address(text ?? "198.51.100.\(index)")
        let server = ObservedServer(
            side: .authoritative, id: name.description, label: name.description, endpoint: Endpoint(address))
        let flags: Response.Flags = [.response, .authoritative]
        evidence.authoritative.append(
            Observation(
                server: server, question: evidence.question, samples: samples(answer, flags, rtt: 8 + index),
                serial: serial.map(SOASerial.init)))
        updateZone()
    }

    package mutating func addResolver(
        _ operatorName: String, _ answer: Answer?, country: String? = "CH", nsid: String? = nil, times: Int = 1,
        notAsked: String? = nil, at endpoint: Endpoint? = nil
    ) {
        let id = operatorName.lowercased().filter { $0.isLetter || $0.isNumber }
        let number = evidence.resolvers.count + 1
        let server = ObservedServer(
            side: .resolver, id: id, label: operatorName, operatorID: id, operatorName: operatorName, country: country,
            endpoint: endpoint ?? Endpoint(Self.address("203.0.113.\(number % 254 + 1)")))
        let sample = samples(answer, [.response, .recursionAvailable], rtt: 10 + number * 3)
        evidence.resolvers.append(
            Observation(
                server: server, question: evidence.question,
                samples: Array(repeating: sample, count: times).flatMap(\.self),
                identity: ServerIdentity(nsid: nsid), notAsked: notAsked))
    }

    package mutating func change(_ body: (inout GatheredEvidence) -> Void) { body(&evidence) }

    private mutating func updateZone() {
        let servers = evidence.authoritative.map { observation in
            Zone.Nameserver(name: Self.name(observation.server.id), addresses: [observation.server.endpoint.address])
        }
        let names = Set(servers.map(\.name))
        evidence.zones = [
            Zone(
                apex: Self.zone, parent: Self.name("okerr.example"), nameservers: servers, parentNames: names,
                childNames: names)
        ]
        evidence.walkAnswered = true
    }
}

// What servers say.
extension SampleReport {
    package enum Answer {
        case values([String], ttl: UInt32)
        case texts([String], ttl: UInt32)
        case rcode(ResponseCode, ede: ExtendedError? = nil)
        case silence
    }

    private func samples(_ answer: Answer?, _ flags: Response.Flags, rtt: Int) -> [Sample] {
        guard let answer else { return [] }
        return [
            Sample(
                receivedAt: Self.start.addingTimeInterval(1), rtt: .milliseconds(rtt), result: result(answer, flags))
        ]
    }

    private func result(_ answer: Answer, _ flags: Response.Flags) -> Result<Response, QueryFailure> {
        let question = evidence.question
        func success(_ data: [RecordData], _ ttl: UInt32) -> Result<Response, QueryFailure> {
            let records = data.map { Record(owner: question.name, ttl: TTL(ttl), data: $0) }
            return .success(Response(flags: flags, question: question, answer: records))
        }
        switch answer {
        case .silence: return .failure(.timeout)
        case .values(let values, let ttl): return success(values.map { RecordData(Self.address($0)) }, ttl)
        case .texts(let texts, let ttl):
            return success(
                texts.map { RecordData(type: .txt, octets: [UInt8(clamping: $0.utf8.count)] + $0.utf8, text: $0) }, ttl)
        case .rcode(let code, let error):
            let edns = EDNS(udpPayloadSize: 1232, extendedErrors: error.map { [$0] } ?? [])
            return .success(Response(flags: flags, rcode: code, question: question, edns: edns))
        }
    }

    package static func name(_ text: String) -> DomainName {
        guard let name = try? DomainName(text) else { preconditionFailure("a name in a test: \(text)") }
        return name
    }

    package static func address(_ text: String) -> IPAddress {
        guard let address = IPAddress(text) else { preconditionFailure("an address in a test: \(text)") }
        return address
    }
}

// The scenes that output is tested with.
extension SampleReport {
    package static let operators = [
        ("Google", "US"), ("Cloudflare", "US"), ("Quad9 Foundation", "CH"), ("Cisco", "US"), ("AdGuard", "CY"),
        ("Control D / Windscribe", "CA"), ("xTom", "DE"), ("Hurricane Electric", "US"), ("DigiCert UltraDNS", "US"),
        ("Yandex", "RU"), ("CZ.NIC", "CZ"), ("CIRA", "CA"), ("DNS4EU consortium (Whalebone)", "CZ"),
        ("Thomas Steen Rasmussen", "DK"),
    ]

    /// Everything has the new value.
    package static func converged(resolvers: Int = 14) -> SampleReport {
        var sample = SampleReport()
        sample.addServers(5)
        for index in 0..<resolvers {
            let (name, country) = operators[index % operators.count]
            let label = index < operators.count ? name : "\(name) \(index / operators.count + 1)"
            sample.addResolver(
                label, .values(["192.0.2.2"], ttl: UInt32(240 - index)), country: country,
                nsid: index == 0 ? "gpdns-ams" : nil)
        }
        return sample
    }

    /// Some caches still hold the old value, one of them says so by NXDOMAIN, and one is silent.
    package static func converging(resolvers: Int = 14) -> SampleReport {
        var sample = converged(resolvers: max(0, resolvers - 3))
        sample.change { $0.previous = [PreviousRRset(given: [.address(address("192.0.2.1"))])] }
        sample.addResolver("OpenDNS", .values(["192.0.2.1"], ttl: 31), country: "US")
        sample.addResolver("Quad9", .values(["192.0.2.1"], ttl: 252), nsid: "res200.vie.rrdns.pch.net")
        sample.addResolver("Silent One", .silence, country: nil)
        return sample
    }

    /// One secondary lags, so no resolver is asked.
    package static func held() -> SampleReport {
        var sample = SampleReport()
        sample.change {
            $0.expectation = Expectation(source: .flag, values: [.address(address("192.0.2.2"))])
            $0.previous = [PreviousRRset(given: [.address(address("192.0.2.1"))])]
        }
        sample.addServers(3)
        sample.addServer("ns4", .values(["192.0.2.1"], ttl: 300), serial: 2_026_112_100)
        sample.addServer("ns5", .silence, serial: nil)
        for (name, country) in operators { sample.addResolver(name, nil, country: country) }
        return sample
    }

    /// Wrong, bogus, failing and blocked answers, with what the servers say about them.
    package static func broken() -> SampleReport {
        var sample = converged(resolvers: 4)
        sample.addServer("ns6", .rcode(.refused), serial: nil, address: "2001:db8:53::6")
        sample.addResolver("Liar", .values(["10.0.0.1"], ttl: 86_400), country: nil)
        sample.addResolver(
            "Filter", .rcode(.nxDomain, ede: ExtendedError(code: 15, text: "on a list of \u{1B}[31mbad\u{202E} names")))
        sample.addResolver(
            "Sick", .rcode(.servFail, ede: ExtendedError(code: 22, text: "at delegation he.okerr.example")))
        return sample
    }

    /// A hostile record: control characters, wide characters, and much of both.
    package static func hostile() -> SampleReport {
        var sample = SampleReport("txt.he.okerr.example", type: .txt)
        let text = "\u{1B}]0;owned\u{7}\u{1B}[2J\u{9B}31m|`$(reboot)`\n\u{202E}漢字漢字 v=spf1 include:example.net -all"
        sample.addServer("ns1", .texts([text], ttl: 300))
        for (name, country) in operators.prefix(5) {
            sample.addResolver(name, .texts([text], ttl: 120), country: country, nsid: "\u{1B}[7mtokyo 東京\r")
        }
        return sample
    }
}
