import ArgumentParser
import DNSModel
import Wire

/// What is asked, and the values that were given for it, before each has found its type.
struct SubjectRequest {
    let name: DomainName
    let types: [RecordType]
    var expected: [String] = []
    var isAbsenceExpected = false
    var previous: [String] = []
    var match = MatchMode.exact
    /// How the option for an expected value is spelled, for errors.
    var expectOption = "--expect"

    /// One subject for each type, each with the values that can be its own.
    func subjects() throws -> [CheckSubject] {
        let expected = try byType(expected, option: expectOption)
        let previous = try byType(previous, option: "--was")
        return types.map { type in
            CheckSubject(
                Question(name, type), expectation: expectation(expected[type]),
                previous: previous[type].map { [PreviousRRset(given: $0)] } ?? [])
        }
    }

    private func expectation(_ values: [ExpectedValue]?) -> Expectation? {
        if isAbsenceExpected { return .absence() }
        return values.map { Expectation(source: .flag, values: $0, match: match) }
    }

    /// Gives every value to the type that it can be a value of.
    private func byType(_ texts: [String], option: String) throws -> [RecordType: [ExpectedValue]] {
        var values: [RecordType: [ExpectedValue]] = [:]
        for text in texts {
            let (type, value) = try self.value(text, option: option)
            values[type, default: []].append(value)
        }
        return values
    }

    private func value(_ text: String, option: String) throws -> (RecordType, ExpectedValue) {
        let others = types.filter { $0 != .a && $0 != .aaaa }
        if let (family, value) = Self.addressValue(text), types.contains(family.recordType) || others.isEmpty {
            guard types.contains(family.recordType) else {
                throw ValidationError(
                    "\(option) \(text) is \(family.rawValue), and \(family.recordType) is not asked: "
                        + "ask for A,AAAA, or leave it out")
            }
            return (family.recordType, value)
        }
        guard let type = others.first else {
            throw ValidationError("\(option) \"\(text)\" is neither an address nor a network such as 192.0.2.0/24")
        }
        guard others.count == 1 else {
            let types = others.map(\.description).joined(separator: " and ")
            throw ValidationError("\(option) \"\(text)\" could be for \(types): check one type at a time")
        }
        return (type, try Self.value(text, of: type, option: option))
    }

    private static func addressValue(_ text: String) -> (IPAddress.Family, ExpectedValue)? {
        if let address = IPAddress(text) { return (address.family, .data(RecordData(address))) }
        return IPPrefix(text).map { ($0.address.family, .network($0)) }
    }

    private static func value(_ text: String, of type: RecordType, option: String) throws -> ExpectedValue {
        // How a text was cut into strings does not matter, nor whether it was given in quotes.
        if type == .txt { return .text(text) }
        do throws(RecordTextError) {
            return .data(try RecordData(parsing: text, type: type))
        } catch {
            throw ValidationError("\(option) \(error)")
        }
    }
}
