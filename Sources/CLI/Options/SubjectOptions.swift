import ArgumentParser
import DNSModel

/// What is asked, and what the answer should be.
struct SubjectOptions: ParsableArguments {
    @Argument(
        help: "The name whose record is checked; letters outside ASCII become an A-label.",
        completion: .none, transform: DomainName.init(argument:))
    var name: DomainName?

    @Argument(help: "Its type, or several: A,AAAA.", transform: TypeList.init(argument:))
    var type = TypeList(.a)

    @Option(
        help: ArgumentHelp(
            "A value that the record should have: an address, a network such as 192.0.2.0/24, or text. Repeatable.",
            valueName: "value"))
    var expect: [String] = []

    @Flag(help: "The name or type must not exist.")
    var expectNone = false

    @Option(help: ArgumentHelp("A value that was right before. Repeatable.", valueName: "value"))
    var was: [String] = []

    @Option(
        help: ArgumentHelp(
            "How answers are held against --expect: the same set, only expected values, or at least one of them.",
            valueName: "exact|subset|any"))
    var match: MatchMode?

    @Option(help: ArgumentHelp("A scheme of the running daemon, whose selected server is expected."))
    var scheme: String?

    func validate() throws {
        if let scheme {
            guard name == nil, expect.isEmpty, !expectNone, match == nil else {
                throw ValidationError(
                    "--scheme \(scheme) says what is checked and expected: leave name, type, --expect and --match out")
            }
            return
        }
        _ = try request().subjects()
        if expectNone, !expect.isEmpty {
            throw ValidationError("--expect-none says that there is no record, and --expect what it says: give one")
        }
        if match != nil, expect.isEmpty {
            throw ValidationError("--match says how answers are held against --expect: give that too")
        }
    }

    func request() throws -> SubjectRequest {
        guard let name else { throw ValidationError("Missing expected argument '<name>'") }
        return SubjectRequest(
            name: name, types: type.types, expected: expect, isAbsenceExpected: expectNone, previous: was,
            match: match ?? .exact)
    }
}

extension MatchMode: ExpressibleByArgument {}
