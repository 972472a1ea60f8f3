import DNSModel
import Wire

extension HTTPRecipe {
    /// dynv6 (dynv6.com/docs/apis): one address of each family for a zone of ours.
    static let dynv6: HTTPRecipe = {
        let set = Call(method: .get, path: "/api/update?hostname={fqdn}&token={token}&{family}={value}")
        var recipe = HTTPRecipe(name: "dynv6", base: "https://dynv6.com", set: set)
        recipe.ok = ReplyRule(words: ["addresses updated", "addresses unchanged"])
        recipe.unchanged = ReplyRule(words: ["addresses unchanged"])
        recipe.types = [.a, .aaaa]
        recipe.takesSeveralValues = false
        recipe.minInterval = .seconds(60)
        return recipe
    }()
}
