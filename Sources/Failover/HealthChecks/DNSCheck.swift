import DNSModel
import Wire

/// Asks the server, which then is a name server, a question.
package struct DNSCheck: HealthCheck {
    package static let kind = "dns"

    private let question: Question
    private let target: CheckTarget
    private let expectation: DNSExpectation
    private let port: UInt16?
    private let transport: Endpoint.Transport
    private let timeout: Duration

    package init?(reading settings: inout SettingReader, in context: CheckContext) {
        let name = settings.required(Self.kind, settings.domainName(Self.kind), form: "the name that is asked for")
        let type = settings.value("type", form: "a record type such as A, AAAA or SOA") { text in
            RecordType(text).flatMap { $0.isData ? $0 : nil }
        }
        let target = CheckTarget(reading: &settings, in: context)
        port = settings.integer("port", in: 1...65_535).map { UInt16($0) }
        transport = settings.word("transport", ["udp": .udp, "tcp": .tcp]) ?? .udp
        let expectation = DNSExpectation(reading: &settings, type: type ?? .a)
        timeout = context.timeout
        guard let name, let target, let expectation else { return nil }
        question = Question(name, type ?? .a)
        (self.target, self.expectation) = (target, expectation)
    }

    package func run(against server: CheckSubjectServer, over network: Network) async -> CheckResult {
        await target.check { address in
            let endpoint = Endpoint(address, port: port, transport: transport)
            async let reference = reply(from: expectation.reference, over: network)
            guard let reply = await reply(from: endpoint, over: network) else {
                return CheckResult(.unknown, "there is nobody to ask")
            }
            return expectation.judge(reply, of: question, reference: await reference)
        }
    }

    private func reply(from endpoint: Endpoint?, over network: Network) async -> Reply? {
        guard let endpoint else { return nil }
        var options = QueryOptions()
        options.recursionDesired = !expectation.isAuthoritative
        // Two tries, since one lost datagram says nothing of a server.
        let retry = RetryPolicy(tryTimeout: timeout * 2 / 5, tries: 2, deadline: timeout)
        return await network.engine.reply(to: Query(question, to: endpoint, options: options), retry: retry)
    }
}
