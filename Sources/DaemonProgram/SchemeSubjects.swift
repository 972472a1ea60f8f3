import ArgumentParser
import CLI
import DNSModel
import Failover

/// What a check of a scheme asks and expects, from the running daemon.
enum SchemeSubjects {
    @Sendable
    static func lookUp(_ scheme: String) async throws -> [CheckSubject] {
        let daemon = try DaemonOptions.parse([])
        let status = try await daemon.ask { client throws(ControlFailure) in try await client.scheme(scheme) }
        let names = try ([status.record] + [status.alias].compactMap { $0 }).map { try DomainName($0) }
        let subjects = status.types.compactMap { RecordType($0) }.flatMap { type in
            names.compactMap { name in subject(name, type, status.expected[type.description]) }
        }
        guard !subjects.isEmpty else {
            throw CommandFailure("--scheme \(scheme): nothing is selected yet, so nothing can be expected")
        }
        return subjects
    }

    private static func subject(_ name: DomainName, _ type: RecordType, _ values: [String]?) -> CheckSubject? {
        guard let values else { return nil }
        let addresses = values.compactMap { IPAddress($0) }
        guard !addresses.isEmpty else {
            return CheckSubject(Question(name, type), expectation: .absence(source: .scheme))
        }
        return CheckSubject(
            Question(name, type),
            expectation: Expectation(source: .scheme, values: addresses.map { .data(RecordData($0)) }))
    }
}
