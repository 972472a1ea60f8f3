import DNSModel
import Wire

extension ServiceTemplate {
    /// DigitalOcean's DNS (docs.digitalocean.com): single records with an ID each.
    static var digitalOcean: ServiceTemplate {
        let records = "/v2/domains/{zone}/records"
        var template = ServiceTemplate(
            name: "DigitalOcean", base: "https://api.digitalocean.com",
            writing: .records(
                add: .json(
                    .post, records, #"{"type": "{type}", "name": "{sub}", "data": "{value}", "ttl": {ttl}}"#),
                replace: .json(
                    .patch, records + "/{record_id}", #"{"type": "{type}", "data": "{value}", "ttl": {ttl}}"#),
                remove: .init(method: .delete, path: RequestText(records + "/{record_id}"))))
        template.credentialAdvice = "give a token with the scopes domain:read, create, update and delete"
        template.headers = [.bearer]
        template.ok = .documents
        template.textForm = .plain
        template.traits = .wholeZone(ttls: 30...2_147_483_647)
        // Other types have their data in several fields.
        template.traits.types = [.a, .aaaa, .cname, .txt]
        template.defaultTTL = TTL(1800)
        template.lookup = TemplateLookup(
            path: RequestText(records + "?type={type}&name={fqdn}&per_page=200"), list: "/domain_records",
            conditions: [.init(pointer: "/type", text: "{type}"), .init(pointer: "/name", text: "{sub}")],
            id: "/id", values: "/data", ttl: "/ttl")
        template.retryAfter = "ratelimit-reset"
        return template
    }
}
