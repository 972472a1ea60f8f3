import DNSModel

/// A server as it is written below `servers`, or a canary.
struct ConfiguredServer {
    let server: Scheme.Server
    let check: ScheduledCheck

    static func readAll(
        _ settings: inout SettingReader, scheme: SchemeName, _ policy: PolicySettings,
        _ surroundings: SchemeSurroundings
    ) -> [ConfiguredServer] {
        let members = settings.named("servers")
        if members.isEmpty, settings.problems.allSatisfy({ !$0.field.hasSuffix("servers") }) {
            settings.note("needs servers: give at least one, as in servers: {charlie: {address: 192.0.2.1, …}}")
        }
        return members.compactMap { member in
            settings.namedGroup(member, in: "servers") { settings in
                read(&settings, id: CheckID(scheme: scheme, name: ServerName(member.key)), policy, surroundings)
            }
        }
    }

    static func readCanaries(
        _ settings: inout SettingReader, scheme: SchemeName?, _ surroundings: SchemeSurroundings
    ) -> [ScheduledCheck] {
        settings.named("canaries").compactMap { member in
            settings.namedGroup(member, in: "canaries") { settings in
                let id = CheckID(scheme: scheme, name: ServerName(member.key))
                let addresses = Self.addresses(&settings)
                return check(&settings, of: CheckSubjectServer(id: id, addresses: addresses ?? []), surroundings)
            }
        }
    }

    private static func read(
        _ settings: inout SettingReader, id: CheckID, _ policy: PolicySettings, _ surroundings: SchemeSurroundings
    ) -> ConfiguredServer? {
        let addresses = Self.addresses(&settings)
        if addresses == nil, !settings.keys.contains("address"), !settings.keys.contains("addresses") {
            settings.note("needs address: give an IPv4 or IPv6 address, or addresses: with a list of them")
        }
        let priority = settings.integer("priority", in: -1_000_000...1_000_000)
        if policy.needsPriorities {
            _ = settings.required(
                "priority", priority, form: "a number; the server with the largest is published first")
        }
        let thresholds = PolicySettings.thresholds(&settings, instead: policy.thresholds)
        let subject = CheckSubjectServer(id: id, addresses: addresses ?? [])
        let check = check(&settings, of: subject, surroundings)
        guard let addresses, let check else { return nil }
        let server = Scheme.Server(
            name: id.name, addresses: addresses, priority: priority ?? 0, thresholds: thresholds)
        return ConfiguredServer(server: server, check: check)
    }

    private static func check(
        _ settings: inout SettingReader, of server: CheckSubjectServer, _ surroundings: SchemeSurroundings
    ) -> ScheduledCheck? {
        let form = "how to find out how it is, as in check: {tcp: 443}; check: none takes it to be healthy"
        guard let node = settings.required("check", settings.node("check"), form: form) else { return nil }
        return ScheduledCheck.read(node, "check", of: server, in: &settings, surroundings)
    }

    private static func addresses(_ settings: inout SettingReader) -> [IPAddress]? {
        let single = settings.addresses("address")
        let several = settings.addresses("addresses")
        if single != nil, several != nil { settings.note("addresses", "stands beside address: give one of them") }
        guard let addresses = single ?? several else { return nil }
        for (index, address) in addresses.enumerated() where addresses[..<index].contains(address) {
            settings.note(single == nil ? "addresses" : "address", "has \(address) twice: remove one")
        }
        return addresses
    }
}

extension SettingReader {
    /// Addresses that a record may lead to, in no looser notation than RFC 6943 §3.1.1 wants.
    mutating func addresses(_ key: String) -> [IPAddress]? {
        guard let addresses = values(key, form: "an address such as 192.0.2.1 or 2001:db8::1", parse: { IPAddress($0) })
        else { return nil }
        for address in addresses where !address.isUnicast {
            note(key, "\(address) is no address of one machine: give the server's own")
        }
        return addresses
    }

    /// Reads a group whose name the operator has made up, and notes when that is none.
    mutating func namedGroup<Result>(
        _ member: SettingNode.Member, in key: String, _ body: (inout SettingReader) -> Result?
    ) -> Result? {
        let name = PrintableText(member.key).text
        if !member.key.isPlainName {
            note(
                SettingProblem(
                    place: member.place, field: path.isEmpty ? "\(key).\(name)" : "\(path).\(key).\(name)",
                    message: "is no name: \(String.plainNameRule)"))
        }
        return nested(member.node, "\(key).\(name)") { settings in
            let result = body(&settings)
            settings.finish()
            return result
        }
    }
}

extension String {
    static let plainNameRule = "give letters, digits, hyphens and underscores, 63 at most"

    /// Whether it can be the name of a scheme or of a server, on a command line and in a URL as well.
    var isPlainName: Bool {
        guard let first = utf8.first, utf8.count <= 63 else { return false }
        return first.isASCIIAlphanumeric && utf8.allSatisfy { $0.isASCIIAlphanumeric || "-_".utf8.contains($0) }
    }
}

extension IPAddress {
    /// Neither unspecified, nor multicast, nor broadcast.
    fileprivate var isUnicast: Bool {
        guard !isUnspecified, let first = octets.first else { return false }
        return family == .ipv4 ? first < 224 && first != 0 : first != 0xFF
    }
}
