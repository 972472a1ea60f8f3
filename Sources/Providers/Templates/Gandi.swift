import DNSModel
import Wire

extension HTTPRecipe {
    /// Gandi LiveDNS (api.gandi.net/docs/livedns) with a personal access token.
    static let gandi: HTTPRecipe = {
        let path: TemplateText = "/v5/livedns/domains/{zone}/records/{sub}/{type}"
        let body: TemplateText = #"{"rrset_ttl": {ttl}, "rrset_values": {values_json}}"#
        var recipe = HTTPRecipe(
            name: "Gandi", base: "https://api.gandi.net", set: Call(method: .put, path: path, body: .json(body)))
        recipe.delete = Call(method: .delete, path: path)
        recipe.headers = ["Authorization": "Bearer {token}"]
        recipe.lookup = Lookup(path: path, records: "/rrset_values", ttl: "/rrset_ttl")
        recipe.ttls = 300...2_592_000
        return recipe
    }()
}
