import DNSModel

/// What the parts of a scheme must be to each other, once each is right by itself.
struct SchemeRules {
    let scheme: Scheme
    let traits: ProviderTraits
    /// Of the provider.
    let kind: String

    func examine(_ settings: inout SettingReader) {
        examineRecord(&settings)
        examineNames(&settings)
        examineCounts(&settings)
        if !traits.takesSeveralValues { examineSingleValue(&settings) }
        if !traits.createsAndDeletes { examineFamilies(&settings) }
        examineAllDown(&settings)
    }

    private func examineRecord(_ settings: inout SettingReader) {
        if scheme.record.name.isRoot { settings.note("record.name", "is the root, which nobody can change") }
        if let alias = scheme.alias, alias == scheme.record.name {
            settings.note("alias", "is the record itself: give the CNAME that leads to it, or leave it out")
        }
        guard let ttl = scheme.record.ttl else { return }
        guard let range = traits.ttls else {
            settings.warn("record.ttl", "cannot be given to \(kind): see to it that the service has it, too")
            return
        }
        if !range.contains(ttl.seconds) {
            settings.note("record.ttl", "is \(ttl), and \(kind) takes \(range.lowerBound) to \(range.upperBound)")
        } else if ttl.seconds > 3600 {
            settings.warn(
                "record.ttl", "lets caches keep an old address for \(ttl.duration.settingText) after a change")
        }
    }

    private func examineNames(_ settings: inout SettingReader) {
        for canary in scheme.canaries where scheme.servers.contains(where: { $0.name == canary }) {
            settings.note("servers.\(canary)", "has the name of a canary: give it another")
        }
        var owners: [IPAddress: ServerName] = [:]
        for server in scheme.servers {
            for address in server.addresses {
                if let owner = owners[address], owner != server.name {
                    settings.warn("servers.\(server.name)", "has the address \(address), which \(owner) has as well")
                }
                owners[address] = server.name
            }
        }
    }

    private func examineCounts(_ settings: inout SettingReader) {
        guard case .balance(let least) = scheme.policy.mode, least > scheme.servers.count else { return }
        settings.note(
            "policy.min_published",
            "is \(least), and there are \(scheme.servers.count) servers: give no more than those")
    }

    private func examineSingleValue(_ settings: inout SettingReader) {
        if case .balance = scheme.policy.mode {
            settings.note("policy.mode", "publishes several addresses, and \(kind) takes one: use mode: failover")
        }
        if scheme.policy.allDown == .all, scheme.servers.count > 1 {
            settings.note("policy.all_down", "publishes all servers, and \(kind) takes one address: use keep or first")
        }
        for server in scheme.servers {
            note(server.addresses, "servers.\(server.name)", &settings)
        }
        if case .addresses(let addresses) = scheme.policy.allDown { note(addresses, "policy.all_down", &settings) }
    }

    private func note(_ addresses: [IPAddress], _ field: String, _ settings: inout SettingReader) {
        for family in IPAddress.Family.allCases where addresses.count(where: { $0.family == family }) > 1 {
            settings.note(field, "has several \(family.rawValue) addresses, and \(kind) takes one: keep one")
        }
    }

    /// A service that cannot take a record away cannot do without a family that it once had.
    private func examineFamilies(_ settings: inout SettingReader) {
        guard scheme.policy.families == .lockstep else { return }
        for server in scheme.servers {
            for family in scheme.families where !server.addresses.contains(where: { $0.family == family }) {
                settings.note(
                    "servers.\(server.name)",
                    "has no \(family.rawValue) address as others have, and \(kind) cannot take a record away: give one, "
                        + "or set policy.families to apart")
            }
        }
    }

    private func examineAllDown(_ settings: inout SettingReader) {
        guard case .addresses(let addresses) = scheme.policy.allDown else { return }
        for address in addresses where !scheme.families.contains(address.family) {
            settings.note(
                "policy.all_down",
                "\(address) is \(address.family.rawValue), and no server has such an address: give one of a family that "
                    + "is published")
        }
    }
}
