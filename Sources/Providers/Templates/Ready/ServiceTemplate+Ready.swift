import DNSModel

extension ServiceTemplate {
    /// The ready templates by their names in configurations.
    static let ready: [(name: String, template: ServiceTemplate)] = [
        ("desec", .desec), ("digitalocean", .digitalOcean), ("duckdns", .duckDNS), ("dynv6", .dynv6),
        ("gandi", .gandi), ("hetzner", .hetzner),
    ]

    static let ownName = "custom"
}

extension ProviderTraits {
    /// Those of a service that tells and changes everything of a zone.
    static func wholeZone(ttls: ClosedRange<UInt32>, settleTime: Duration = .seconds(30)) -> ProviderTraits {
        var traits = ProviderTraits()
        traits.readsBack = true
        traits.ttls = ttls
        traits.settleTime = settleTime
        return traits
    }

    /// Those of a service that only takes an address for a name that exists.
    static var dynamicName: ProviderTraits {
        var traits = ProviderTraits()
        traits.types = [.a, .aaaa]
        traits.takesSeveralValues = false
        traits.createsAndDeletes = false
        traits.ttls = nil
        traits.settleTime = .seconds(60)
        return traits
    }
}

extension [ReplyRule] {
    /// The good replies of services that always answer with JSON, if with anything.
    static let documents = [ReplyRule(statuses: [200...202], isJSON: true), ReplyRule(statuses: [204...204])]
}

extension ServiceTemplate.Header {
    static let bearer = Self(name: "Authorization", value: "Bearer {token}")
}
