import DNSModel
import Failover
import Hummingbird

/// A look at any record, as `dnsconverge check` has it.
extension APIRoutes {
    func addCheck(to api: RouterGroup<WebContext>) {
        api.get("check") { request, context in
            let subject = try Self.subject(try Query(request))
            guard let checker = parts.checker else {
                throw Problem(.serviceUnavailable, "this daemon checks no records for others")
            }
            let report = try await request.body.consumeWithCancellationOnInboundClose { _ in
                try await checker.check(subject)
            }
            var response = try APIAnswer.json(report)
            // The connection was given up to notice when somebody goes.
            response.headers[.connection] = "close"
            return response
        }
    }

    private static func subject(_ query: Query) throws(Problem) -> CheckSubject {
        guard let text = query["name"] else { throw Problem(.badRequest, "“name” is missing: give a domain name") }
        let type = try query.value("type", "a record type such as A or AAAA") { text in
            RecordType(text).flatMap { $0.isData ? $0 : nil }
        }
        let name: DomainName
        do { name = try DomainName(text) } catch { throw Problem(.badRequest, "“name” is no domain name: \(error)") }
        var subject = CheckSubject(Question(name, type ?? .a))
        let expected = query.all("expect")
        guard expected.count <= 64, expected.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 1000 }) else {
            throw Problem(.badRequest, "“expect” is not understood: give a value")
        }
        if !expected.isEmpty {
            subject.expectation = Expectation(
                source: .flag,
                values: expected.map { text in
                    IPAddress(text).map(ExpectedValue.address) ?? IPPrefix(text).map(ExpectedValue.network)
                        ?? .text(text)
                })
        }
        return subject
    }
}
