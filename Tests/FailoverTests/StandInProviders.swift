import DNSModel
import Providers
import Wire

/// Settings and traits of a service, without the service.
struct StandInHE: Provider {
    static let kind = "he"
    var traits = ProviderTraits()
    init?(reading settings: inout SettingReader) {
        let key = settings.required("key", settings.secret("key"), form: "env:NAME or file:PATH with the record's key")
        traits.takesSeveralValues = false
        traits.createsAndDeletes = false
        traits.ttls = nil
        traits.minInterval = .seconds(300)
        if key == nil { return nil }
    }
    func current(_ name: DomainName, _ type: RecordType, over network: Network) async throws(ProviderError)
        -> PublishedRRset?
    { nil }
    func apply(_ changes: [RRsetChange], over network: Network) async -> [ProviderOutcome] { [] }
}

struct StandInUpdate: Provider {
    static let kind = "rfc2136"
    var traits = ProviderTraits()
    init?(reading settings: inout SettingReader) {
        let server = settings.required("server", settings.text("server"), form: "host[:port]")
        let zone = settings.required("zone", settings.domainName("zone"), form: "the zone")
        _ = settings.secret("key")
        if server == nil || zone == nil { return nil }
    }
    func current(_ name: DomainName, _ type: RecordType, over network: Network) async throws(ProviderError)
        -> PublishedRRset?
    { nil }
    func apply(_ changes: [RRsetChange], over network: Network) async -> [ProviderOutcome] { [] }
}

struct StandInCloudflare: Provider {
    static let kind = "cloudflare"
    var traits = ProviderTraits()
    init?(reading settings: inout SettingReader) {
        let token = settings.required("token", settings.secret("token"), form: "env:NAME")
        let zone = settings.required("zone", settings.domainName("zone"), form: "the zone")
        traits.ttls = 30...86_400
        if token == nil || zone == nil { return nil }
    }
    func current(_ name: DomainName, _ type: RecordType, over network: Network) async throws(ProviderError)
        -> PublishedRRset?
    { nil }
    func apply(_ changes: [RRsetChange], over network: Network) async -> [ProviderOutcome] { [] }
}
