import DNSModel
import Wire

extension ServiceTemplate {
    /// Gandi LiveDNS (api.gandi.net/docs/livedns), with a personal access token.
    static var gandi: ServiceTemplate {
        let path = "/v5/livedns/domains/{zone}/records/{sub}/{type}"
        var template = ServiceTemplate(
            name: "Gandi", base: "https://api.gandi.net",
            writing: .rrsets(
                set: .json(.put, path, #"{"rrset_ttl": {ttl}, "rrset_values": {values_json}}"#),
                remove: .init(method: .delete, path: RequestText(path))))
        template.credentialAdvice = "give a personal access token that may manage the domain's technical configuration"
        template.headers = [.bearer]
        template.ok = .documents
        template.traits = .wholeZone(ttls: 300...2_592_000)
        template.defaultTTL = TTL(10_800)
        template.lookup = TemplateLookup(
            path: RequestText(path), absent: [.init(statuses: [404...404])], values: "/rrset_values", ttl: "/rrset_ttl")
        return template
    }
}
