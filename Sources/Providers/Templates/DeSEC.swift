import DNSModel
import Wire

extension HTTPRecipe {
    /// deSEC (desec.readthedocs.io). Its least TTL is an hour unless the account has another one; a call for one name is
    /// written as a list of one, which makes, changes and deletes alike.
    static let deSEC: HTTPRecipe = {
        let path: TemplateText = "/api/v1/domains/{zone}/rrsets/"
        let rrset: TemplateText =
            #"[{"subname": "{subname}", "type": "{type}", "ttl": {ttl}, "records": {values_json}}]"#
        let patch = Call(method: .patch, path: path, body: .json(rrset))
        var recipe = HTTPRecipe(name: "deSEC", base: "https://desec.io", set: patch)
        recipe.delete = patch
        recipe.headers = ["Authorization": "Token {token}"]
        recipe.lookup = Lookup(
            path: "/api/v1/domains/{zone}/rrsets/{sub}/{type}/", records: "/records", ttl: "/ttl")
        recipe.ttls = 60...86_400
        recipe.defaultTTL = TTL(3600)
        return recipe
    }()
}
