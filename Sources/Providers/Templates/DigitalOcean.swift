import DNSModel
import Wire

extension HTTPRecipe {
    /// DigitalOcean (docs.digitalocean.com/reference/api): every record is one of its own.
    static let digitalOcean: HTTPRecipe = {
        let records: TemplateText = "/v2/domains/{zone}/records"
        let record: TemplateText = "/v2/domains/{zone}/records/{record_id}"
        let set = Call(
            method: .patch, path: record, body: .json(#"{"type": "{type}", "data": "{text}", "ttl": {ttl}}"#))
        var recipe = HTTPRecipe(name: "DigitalOcean", base: "https://api.digitalocean.com", scope: .single, set: set)
        recipe.create = Call(
            method: .post, path: records,
            body: .json(#"{"type": "{type}", "name": "{sub}", "data": "{text}", "ttl": {ttl}}"#))
        recipe.delete = Call(method: .delete, path: record)
        recipe.headers = ["Authorization": "Bearer {token}"]
        recipe.lookup = Lookup(
            path: "/v2/domains/{zone}/records?type={type}&name={fqdn}&per_page=200", records: "/domain_records",
            filter: ["type": "{type}", "name": "{sub}"], value: "/data", identifier: "/id", recordTTL: "/ttl")
        recipe.retryAfter = "RateLimit-Reset"
        recipe.ttls = 30...2_147_483_647
        return recipe
    }()
}
