import ArgumentParser
import DNSModel

extension SubjectOptions {
    /// One subject for each type, each with the values that can be its own.
    func subjects() throws -> [CheckSubject] {
        guard let name else { return [] }
        let expected = try sorted(expect, option: "--expect")
        let previous = try sorted(was, option: "--was")
        return type.types.map { type in
            CheckSubject(
                Question(name, type), expectation: expectation(expected[type]),
                previous: previous[type].map { [PreviousRRset(given: $0)] } ?? [])
        }
    }

    private func expectation(_ values: [ExpectedValue]?) -> Expectation? {
        if expectNone { return .absence() }
        return values.map { Expectation(source: .flag, values: $0, match: match ?? .exact) }
    }

    /// Gives every value to the type that it can be a value of.
    private func sorted(_ texts: [String], option: String) throws -> [RecordType: [ExpectedValue]] {
        var values: [RecordType: [ExpectedValue]] = [:]
        for text in texts {
            let (type, value) = try self.value(text, option: option)
            values[type, default: []].append(value)
        }
        return values
    }

    private func value(_ text: String, option: String) throws -> (RecordType, ExpectedValue) {
        let others = type.types.filter { $0 != .a && $0 != .aaaa }
        if let (family, value) = Self.addressValue(text), type.types.contains(family.recordType) || others.isEmpty {
            guard type.types.contains(family.recordType) else {
                throw ValidationError(
                    "\(option) \(text) is of \(family.rawValue), and \(family.recordType) is not asked: "
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
        return IPPrefix(text).map { ($0.address.family, .prefix($0)) }
    }

    private static func value(_ text: String, of type: RecordType, option: String) throws -> ExpectedValue {
        guard [.cname, .dname, .ns, .ptr].contains(type) else { return .text(text) }
        do {
            return .data(RecordData(type: type, name: try DomainName(text)))
        } catch {
            throw ValidationError("\(option) \"\(text)\" is no name for \(type): it \(error)")
        }
    }
}
