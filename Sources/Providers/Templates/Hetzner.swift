import DNSModel
import Wire

extension HTTPRecipe {
    /// Hetzner DNS in the Cloud API (docs.hetzner.cloud): values and TTL are set by calls of their own, and every call begins
    /// an action that must be asked about.
    static let hetzner: HTTPRecipe = {
        var recipe = HTTPRecipe(
            name: "Hetzner", base: "https://api.hetzner.cloud",
            set: Call(
                method: .post, path: "/v1/zones/{zone}/rrsets/{sub}/{type}/actions/set_records",
                body: .json(#"{"records": {records_json}}"#)))
        recipe.create = Call(
            method: .post, path: "/v1/zones/{zone}/rrsets",
            body: .json(#"{"name": "{sub}", "type": "{type}", "ttl": {ttl}, "records": {records_json}}"#))
        recipe.delete = Call(method: .delete, path: "/v1/zones/{zone}/rrsets/{sub}/{type}")
        recipe.setTTL = Call(
            method: .post, path: "/v1/zones/{zone}/rrsets/{sub}/{type}/actions/change_ttl",
            body: .json(#"{"ttl": {ttl}}"#))
        recipe.headers = ["Authorization": "Bearer {token}"]
        recipe.lookup = Lookup(
            path: "/v1/zones/{zone}/rrsets/{sub}/{type}", records: "/rrset/records", value: "/value", ttl: "/rrset/ttl")
        recipe.poll = Poll(
            path: "/v1/actions/{action_id}", identifier: "/action/id", state: "/action/status", done: ["success"],
            failed: ["error"])
        recipe.retryAfter = "RateLimit-Reset"
        recipe.ttls = 60...2_147_483_647
        return recipe
    }()
}
