import DNSModel
import Providers
import Wire

/// The settings of dynamic updates, without the updates.
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
