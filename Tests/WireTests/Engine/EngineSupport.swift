import DNSModel
import TestSupport

@testable import Wire

extension RetryPolicy {
    /// For tests in which an answer must come, however busy the machine is.
    static let patient = RetryPolicy(tryTimeout: .seconds(20), tries: 2, deadline: .seconds(40))
    /// For tests whose subject is a timeout. The tries end it, not the deadline, since a busy machine may be late.
    static let brief = RetryPolicy(tryTimeout: .milliseconds(50), tries: 2, deadline: .seconds(20))
}

extension Question {
    static func a(_ name: String) throws -> Question { Question(try DomainName(name), .a) }
}

extension Reply {
    var response: Response? { try? result.get() }

    var failure: QueryFailure? {
        if case .failure(let failure) = result { return failure }
        return nil
    }

    /// The texts of the answer's data.
    var answers: [String] { response?.answer.map(\.data.text) ?? [] }
}

/// Keeps a script's state between messages.
func isFirst(_ query: FakeQuery) -> Bool { query.number == 0 }
