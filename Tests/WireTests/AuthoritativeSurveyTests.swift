import DNSModel
import FoundationEssentials
import Testing

@testable import Wire

@Suite("A survey of the authoritative side")
struct AuthoritativeSurveyTests {
    @Test("asks every address that the parent names, and reads serials and server names beside the answer")
    func plainZone() throws {
        var internet = Internet()
        internet.zone("example.", at: ["10.0.0.1", "10.0.0.2"], records: ["www.example. A 192.0.2.1"])
        let survey = try internet.survey("www.example", from: "example.", servers: ["10.0.0.1", "10.0.0.2"])
        #expect(survey.answered(0) == ["10.0.0.1": ["192.0.2.1"], "10.0.0.2": ["192.0.2.1"]])
        #expect(survey.visits[0].soas.count == 2)
        #expect(survey.visits[0].delegation?.childNameservers.count == 2)
    }

    @Test("goes down when a server refers to a zone below, and forgets what it asked above")
    func referral() throws {
        var internet = Internet()
        internet.zone("example.", at: ["10.0.0.1"], cuts: ["sub.example.": "10.0.1.1"])
        internet.zone("sub.example.", at: ["10.0.1.1"], records: ["www.sub.example. A 192.0.2.1"])
        let survey = try internet.survey("www.sub.example", from: "example.", servers: ["10.0.0.1"])
        #expect(survey.visits[0].delegation?.apex.description == "sub.example")
        #expect(survey.visits[0].delegation?.parent?.description == "example")
        #expect(survey.answered(0) == ["10.0.1.1": ["192.0.2.1"]])
    }

    @Test("finds a zone cut that no server refers to, because they hold both sides of it")
    func hiddenCut() throws {
        var internet = Internet()
        internet.zone("example.", at: ["10.0.0.1"])
        internet.zone("sub.example.", at: ["10.0.0.1", "10.0.1.1"], records: ["www.sub.example. A 192.0.2.1"])
        let survey = try internet.survey("www.sub.example", from: "example.", servers: ["10.0.0.1"])
        #expect(survey.visits[0].delegation?.apex.description == "sub.example")
        #expect(survey.answered(0) == ["10.0.0.1": ["192.0.2.1"], "10.0.1.1": ["192.0.2.1"]])
    }

    @Test("follows an alias into another zone on the first answer, while a silent server is still awaited")
    func alias() throws {
        var internet = Internet()
        internet.zone("example.", at: ["10.0.0.1"], records: ["www.example. CNAME cat.test."])
        internet.zone("test.", at: ["10.0.2.1"], records: ["cat.test. A 192.0.2.9"])
        let survey = try internet.survey("www.example", from: "example.", servers: ["10.0.0.1", "10.0.0.99"])
        #expect(survey.visits.map(\.question.name.description) == ["www.example", "cat.test"])
        #expect(survey.answered(1) == ["10.0.2.1": ["192.0.2.9"]])
        #expect(survey.evidence.chain.links.map(\.target.description) == ["cat.test"])
    }

    @Test("asks each server once about an alias that ends in its own zone")
    func aliasInside() throws {
        var internet = Internet()
        internet.zone(
            "example.", at: ["10.0.0.1", "10.0.0.2"],
            records: ["www.example. CNAME cat.example.", "cat.example. A 192.0.2.9"])
        let survey = try internet.survey("www.example", from: "example.", servers: ["10.0.0.1", "10.0.0.2"])
        #expect(survey.visits.count == 1)
        #expect(survey.answered(0) == ["10.0.0.1": ["192.0.2.9"], "10.0.0.2": ["192.0.2.9"]])
    }

    @Test("asks a zone below for an alias's target, although the zone above answers for both")
    func aliasBelowHiddenCut() throws {
        var internet = Internet()
        internet.zone("example.", at: ["10.0.0.1"], records: ["www.example. CNAME cat.sub.example."])
        internet.zone("sub.example.", at: ["10.0.0.1", "10.0.1.1"], records: ["cat.sub.example. A 192.0.2.9"])
        let survey = try internet.survey("www.example", from: "example.", servers: ["10.0.0.1"])
        #expect(survey.visits.map { $0.delegation?.apex.description } == ["example", "sub.example"])
        #expect(survey.answered(1) == ["10.0.0.1": ["192.0.2.9"], "10.0.1.1": ["192.0.2.9"]])
    }

    @Test("stops where aliases lead back to a name they have passed")
    func loop() throws {
        var internet = Internet()
        internet.zone("example.", at: ["10.0.0.1"], records: ["a.example. CNAME b.test."])
        internet.zone("test.", at: ["10.0.2.1"], records: ["b.test. CNAME a.example."])
        let survey = try internet.survey("a.example", from: "example.", servers: ["10.0.0.1"])
        #expect(survey.visits.count == 2)
        #expect(survey.evidence.chain.isLoop)
    }

    @Test("asks addresses that the zone itself gives its servers, beside the glue that says otherwise")
    func wrongGlue() throws {
        var internet = Internet()
        internet.zone("example.", at: ["10.0.0.1", "10.0.0.2"], records: ["www.example. A 192.0.2.1"])
        // The parent has an old address for the second server.
        let survey = try internet.survey("www.example", from: "example.", servers: ["10.0.0.1", "10.0.0.77"])
        let delegation = try #require(survey.visits[0].delegation)
        let second = try DomainName("ns2.example")
        #expect(delegation.glue[second]?.description == "[10.0.0.77]")
        #expect(delegation.addresses[second]?.description == "[10.0.0.2]")
        #expect(survey.answered(0)["10.0.0.2"] == ["192.0.2.1"])
        #expect(survey.visits[0].answers.keys.map(\.address.description).contains("10.0.0.77"))
    }

    @Test("asks a server that only the zone itself names")
    func childOnlyServer() throws {
        var internet = Internet()
        internet.zone("example.", at: ["10.0.0.1", "10.0.0.2"], records: ["www.example. A 192.0.2.1"])
        let survey = try internet.survey("www.example", from: "example.", servers: ["10.0.0.1"])
        #expect(survey.visits[0].delegation?.parentNameservers.count == 1)
        #expect(survey.answered(0).keys.sorted() == ["10.0.0.1", "10.0.0.2"])
    }

    @Test("says that nothing answered when the walk fails, and asks the servers that were named all the same")
    func failedWalk() throws {
        var internet = Internet()
        internet.zone("private.", at: ["10.0.0.9"], records: ["www.private. A 192.0.2.1"])
        let extra = Endpoint(try #require(IPAddress("10.0.0.9")))
        let survey = try internet.survey("www.private", from: nil, servers: [], extra: [extra])
        #expect(survey.answered(0) == ["10.0.0.9": ["192.0.2.1"]])
        #expect(!survey.evidence.walkAnswered)
    }

    @Test("does not blame a server that was named for one zone when an alias leads into another")
    func givenForOneZone() throws {
        var internet = Internet()
        internet.zone("example.", at: ["10.0.0.1"], hidden: "10.0.0.9", records: ["www.example. CNAME cat.test."])
        internet.zone("test.", at: ["10.0.1.1"], records: ["cat.test. A 192.0.2.9"])
        internet.refuses = true
        func rows(of extra: String) throws -> [String] {
            let endpoint = Endpoint(try #require(IPAddress(extra)))
            let survey = try internet.survey("www.example", from: "example.", servers: ["10.0.0.1"], extra: [endpoint])
            return survey.evidence.authoritative.filter(\.server.isGiven).map {
                "\($0.server.label) \($0.question.name)"
            }
        }
        #expect(try rows(of: "10.0.0.9") == ["10.0.0.9 www.example"])
        #expect(try rows(of: "10.0.0.8") == ["10.0.0.8 www.example", "10.0.0.8 cat.test"], "it serves neither")
        #expect(try rows(of: "10.0.0.1") == [], "the delegation names it in the zone that it serves")
    }

    @Test("takes another port of a server's address for another server")
    func givenPort() throws {
        var internet = Internet()
        internet.zone("example.", at: ["10.0.0.1"], records: ["www.example. A 192.0.2.1"])
        let endpoint = Endpoint(try #require(IPAddress("10.0.0.1")), port: 5300)
        let survey = try internet.survey("www.example", from: "example.", servers: ["10.0.0.1"], extra: [endpoint])
        #expect(survey.evidence.authoritative.map(\.server.label) == ["10.0.0.1:5300", "ns1.example"])
    }
}

extension AuthoritativeSurvey {
    /// What each address answered at a visit, as text; silent ones are left out.
    fileprivate func answered(_ visit: Int) -> [String: [String]] {
        let visit = visits[visit]
        let pairs = visit.answers.compactMap { endpoint, reply in
            reply.response.map { (endpoint.description, $0.data(answering: visit.question).texts) }
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    fileprivate var evidence: GatheredEvidence {
        var evidence = GatheredEvidence(question: visits[0].question, startedAt: .distantPast, now: .distantPast)
        contribute(to: &evidence, source: .walk)
        return evidence
    }
}

/// Zones and what their servers say, as data: a survey is driven through it without a network.
private struct Internet {
    struct Zone {
        let apex: DomainName
        let servers: [IPAddress]
        let records: [Record]
        let cuts: [DomainName: IPAddress]
    }

    private var zones: [Zone] = []
    /// Whether servers say REFUSED of what they do not hold, instead of nothing.
    var refuses = false

    /// A zone whose servers are `ns1`, `ns2`… below its apex, and perhaps one that no NS record names.
    mutating func zone(
        _ apex: String, at servers: [String], hidden: String? = nil, records: [String] = [],
        cuts: [String: String] = [:]
    ) {
        guard let name = try? DomainName(apex) else { return }
        var data = records.compactMap(Self.record)
        for (index, address) in servers.enumerated() {
            data += ["\(apex) NS ns\(index + 1).\(apex)", "ns\(index + 1).\(apex) A \(address)"].compactMap(Self.record)
        }
        let soa = name.wire + DomainName.root.wire + DomainName.root.wire.dropLast() + Array(repeating: 0, count: 20)
        data.append(
            Record(
                owner: name, ttl: TTL(60),
                data: RecordData(type: .soa, octets: name.wire + [0] + soa.suffix(20), text: "")))
        let below = cuts.compactMap { cut, address in
            (try? DomainName(cut)).flatMap { name in IPAddress(address).map { (name, $0) } }
        }
        zones.append(
            Zone(
                apex: name, servers: (servers + [hidden].compactMap(\.self)).compactMap { IPAddress($0) },
                records: data,
                cuts: Dictionary(uniqueKeysWithValues: below)))
    }

    private static func record(_ line: String) -> Record? {
        let fields = line.split(separator: " ").map(String.init)
        guard let owner = try? DomainName(fields[0]), let type = RecordType(fields[1]) else { return nil }
        let data =
            IPAddress(fields[2]).map { RecordData($0) }
            ?? (try? DomainName(fields[2])).map { RecordData(type: type, name: $0) }
        return data.map { Record(owner: owner, ttl: TTL(60), data: $0) }
    }

    /// What the server at `address` says; nil for silence.
    func response(to question: Question, at address: IPAddress) -> Response? {
        let held = zones.filter { $0.servers.contains(address) && question.name.isSubdomain(of: $0.apex) }
        guard let zone = held.max(by: { $0.apex.labelCount < $1.apex.labelCount }) else {
            return refuses ? Response(rcode: .refused, question: question) : nil
        }
        if let (cut, server) = zone.cuts.first(where: { question.name.isSubdomain(of: $0.key) }) {
            guard let name = try? DomainName("ns1.\(cut)") else { return nil }
            return Response(
                question: question,
                authority: [Record(owner: cut, ttl: TTL(60), data: RecordData(type: .ns, name: name))],
                additional: [Record(owner: name, ttl: TTL(60), data: RecordData(server))])
        }
        let answer = zone.records.filter {
            $0.owner == question.name && ($0.type == question.type || $0.type == .cname)
        }
        let target = answer.first { $0.type == .cname && question.type != .cname }?.data.name
        let more = target.flatMap { response(to: Question($0, question.type), at: address)?.answer } ?? []
        return Response(flags: [.response, .authoritative], question: question, answer: answer + more)
    }

    /// Drives a survey whose walks find the zone `from`, delegated to `servers`; later walks find the aliases' zones.
    func survey(
        _ name: String, from apex: String?, servers: [String], extra: [Endpoint] = []
    ) throws -> AuthoritativeSurvey {
        var survey = AuthoritativeSurvey(families: [.ipv4], extraServers: extra)
        var actions = survey.start(Question(try DomainName(name), .a))
        while !actions.isEmpty {
            let action = actions.removeFirst()
            for event in try events(for: action, from: apex, servers) { actions += survey.handle(event) }
        }
        return survey
    }

    private func events(
        for action: AuthoritativeSurvey.Action, from apex: String?, _ servers: [String]
    ) throws -> [AuthoritativeSurvey.Event] {
        switch action {
        case .walk(let visit, let question):
            guard let apex, let parent = try? DomainName(apex) else {
                return [.found(visit: visit, .failure(.noUsableServer(zone: .root, tried: [], anyAnswer: false)))]
            }
            if question.name.isSubdomain(of: parent) {
                return [.found(visit: visit, .success(try delegation(parent, servers)))]
            }
            let zone = try #require(zones.first { question.name.isSubdomain(of: $0.apex) })
            return [.found(visit: visit, .success(try delegation(zone.apex, zone.servers.map(\.description))))]
        case .resolve(let visit, let generation, _):
            return [.resolved(visit: visit, generation: generation, [:])]
        case .ask(let errands):
            return errands.map { errand in
                let response = response(to: errand.question, at: errand.endpoint.address)
                let result: Result<Response, QueryFailure> = response.map { .success($0) } ?? .failure(.timeout)
                return .replied(
                    errand, Reply(index: 0, result: result, receivedAt: .distantPast, rtt: .zero, transport: .udp))
            }
        }
    }

    private func delegation(_ apex: DomainName, _ servers: [String]) throws -> Delegation {
        var glue: [DomainName: [IPAddress]] = [:]
        for (index, address) in servers.enumerated() {
            glue[try DomainName("ns\(index + 1).\(apex)")] = [try #require(IPAddress(address))]
        }
        return Delegation(apex: apex, parent: .root, nameservers: glue.keys.sorted(), glue: glue)
    }
}
