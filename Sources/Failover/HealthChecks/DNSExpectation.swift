import DNSModel
import Wire

/// What a healthy name server answers.
struct DNSExpectation: Sendable {
    private let rcode: ResponseCode
    /// The data that there must be, and no others; empty: whatever there is.
    private let values: [ExpectedValue]
    let isAuthoritative: Bool
    /// A server whose serial number this one may not be behind.
    let reference: Endpoint?

    init?(reading settings: inout SettingReader, type: RecordType) {
        let rcodes: KeyValuePairs = [
            "NOERROR": ResponseCode.noError, "NXDOMAIN": .nxDomain, "REFUSED": .refused, "SERVFAIL": .servFail,
        ]
        rcode = settings.word("rcode", rcodes) ?? .noError
        values =
            settings.values("value", form: "the data of a record") { text in
                IPAddress(text).map { .address($0) } ?? .text(text)
            } ?? []
        isAuthoritative = settings.flag("authoritative") ?? false
        let form = "the address of a server, such as 192.0.2.53 or 192.0.2.53:5300"
        reference = settings.value("serial_of", form: form) { text in
            HostAndPort(text).flatMap { location in location.address.map { Endpoint($0, port: location.port) } }
        }
        if rcode != .noError, !values.isEmpty { settings.note("value", "comes with rcode: NOERROR alone") }
        if reference != nil, type != .soa { settings.note("serial_of", "compares serial numbers: give type: SOA") }
    }

    func judge(_ reply: Reply, of question: Question, reference: Reply?) -> CheckResult {
        let response: Response
        switch reply.result {
        case .success(let answer): response = answer
        case .failure(let failure): return CheckResult(failure: failure)
        }
        func fail(_ reason: String) -> CheckResult { CheckResult(.fail, "\(question): \(reason)", latency: reply.rtt) }
        guard response.rcode == rcode else { return fail("\(response.rcode)") }
        if isAuthoritative, !response.flags.contains(.authoritative) { return fail("the answer is not authoritative") }
        let data = response.data(answering: question)
        if rcode == .noError, data.isEmpty { return fail("there is no such record") }
        let isExpected =
            data.allSatisfy { data in values.contains { $0.matches(data) } }
            && values.allSatisfy { value in data.contains { value.matches($0) } }
        guard values.isEmpty || isExpected else { return fail(Self.list(data)) }
        if let reference, let (reason, health) = Self.delay(of: data, behind: reference, question) {
            return CheckResult(health, "\(question): \(reason)", latency: reply.rtt)
        }
        let said = rcode == .noError ? Self.list(data) : "\(rcode)"
        return CheckResult(.ok, "\(question): \(said) after \(reply.rtt.text)", latency: reply.rtt)
    }

    private static func list(_ data: Set<RecordData>) -> String {
        PrintableText(data.map(\.text).sorted().prefix(4).joined(separator: ", ")).text
    }

    /// Whether the serial number is behind the reference's, or cannot be compared.
    private static func delay(
        of data: Set<RecordData>, behind reference: Reply, _ question: Question
    ) -> (reason: String, health: Health)? {
        guard let own = data.lazy.compactMap({ SOA($0) }).first?.serial else {
            return ("there is no SOA record", .fail)
        }
        guard case .success(let response) = reference.result,
            let other = response.data(answering: question).lazy.compactMap({ SOA($0) }).first?.serial
        else { return ("serial \(own), and the server it is compared with gives none", .unknown) }
        return other.isNewer(than: own) ? ("serial \(own) is behind \(other)", .fail) : nil
    }
}

extension CheckResult {
    /// What a question without an answer says of the server, or that it says nothing of it.
    init(failure: QueryFailure) {
        switch failure {
        case .noRoute, .cancelled: self.init(.unknown, failure.description)
        case .timeout, .unreachable, .truncated, .transport, .malformed: self.init(.fail, failure.description)
        }
    }
}
