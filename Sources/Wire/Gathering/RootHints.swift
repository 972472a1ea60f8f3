import DNSModel

/// The names and addresses of the root servers, with which every walk starts (RFC 9609).
package struct RootHints: Sendable {
    package let delegation: Delegation

    /// Why a hints file cannot be used.
    package struct FileError: Error, CustomStringConvertible {
        package let line: Int?
        package let reason: String

        package var description: String {
            (line.map { "line \($0): " } ?? "") + reason
        }
    }

    /// Reads the format of named.root: one NS, A or AAAA record a line, comments after `;`.
    package init(zoneFile text: String) throws(FileError) {
        var nameservers: [DomainName] = []
        var glue: [DomainName: [IPAddress]] = [:]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard let record = try Self.record(line, number: index + 1) else { continue }
            switch record {
            case .server(let name): nameservers.append(name)
            case .address(let name, let address): glue[name, default: []].append(address)
            }
        }
        guard nameservers.contains(where: { glue[$0] != nil }) else {
            throw FileError(line: nil, reason: "it names no root server with an address (NS, A and AAAA records)")
        }
        delegation = Delegation(apex: .root, parent: nil, nameservers: nameservers, glue: glue)
    }

    private enum Line {
        case server(DomainName)
        case address(DomainName, IPAddress)
    }

    private static func record(_ line: Substring, number: Int) throws(FileError) -> Line? {
        let content = line.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
        let fields = content.split(whereSeparator: \.isWhitespace).map(String.init)
        guard !fields.isEmpty else { return nil }
        guard fields.count >= 3 else { throw FileError(line: number, reason: "\"\(content)\" is no record") }
        let (owner, type, value) = (fields[0], fields[fields.count - 2].uppercased(), fields[fields.count - 1])
        switch type {
        case "NS":
            return .server(try name(value, number))
        case "A", "AAAA":
            guard let address = IPAddress(value), address.family.recordType.description == type else {
                throw FileError(line: number, reason: "\"\(value)\" is no \(type == "A" ? "IPv4" : "IPv6") address")
            }
            return .address(try name(owner, number), address)
        default:
            throw FileError(line: number, reason: "\"\(type)\" is neither NS, A nor AAAA")
        }
    }

    private static func name(_ text: String, _ number: Int) throws(FileError) -> DomainName {
        do {
            return try DomainName(text)
        } catch {
            throw FileError(line: number, reason: "\"\(text)\" \(error)")
        }
    }
}

extension RootHints {
    /// The root servers as published in named.root.
    package static let builtIn = RootHints(letters: [
        ("a", "198.41.0.4", "2001:503:ba3e::2:30"), ("b", "170.247.170.2", "2801:1b8:10::b"),
        ("c", "192.33.4.12", "2001:500:2::c"), ("d", "199.7.91.13", "2001:500:2d::d"),
        ("e", "192.203.230.10", "2001:500:a8::e"), ("f", "192.5.5.241", "2001:500:2f::f"),
        ("g", "192.112.36.4", "2001:500:12::d0d"), ("h", "198.97.190.53", "2001:500:1::53"),
        ("i", "192.36.148.17", "2001:7fe::53"), ("j", "192.58.128.30", "2001:503:c27::2:30"),
        ("k", "193.0.14.129", "2001:7fd::1"), ("l", "199.7.83.42", "2001:500:9f::42"),
        ("m", "202.12.27.33", "2001:dc3::35"),
    ])

    private init(letters: [(letter: String, ipv4: String, ipv6: String)]) {
        var glue: [DomainName: [IPAddress]] = [:]
        var nameservers: [DomainName] = []
        for (letter, ipv4, ipv6) in letters {
            let labels = [letter, "root-servers", "net"].map { Array($0.utf8) }
            guard let name = try? DomainName(labels: labels) else { continue }
            nameservers.append(name)
            glue[name] = [ipv4, ipv6].compactMap { IPAddress($0) }
        }
        delegation = Delegation(apex: .root, parent: nil, nameservers: nameservers, glue: glue)
    }
}
