import DNSModel
import Wire

extension HTTPRecipe {
    /// DuckDNS (duckdns.org/spec.jsp): one address of each family for a name below duckdns.org; `OK` or `KO`.
    static let duckDNS: HTTPRecipe = {
        // The address is never left out: ours would be set.
        let set = Call(method: .get, path: "/update?domains={sub}&token={token}&ip={value}&verbose=true")
        var recipe = HTTPRecipe(name: "DuckDNS", base: "https://www.duckdns.org", set: set)
        recipe.zone = try? DomainName("duckdns.org")
        recipe.ok = ReplyRule(words: ["OK"])
        recipe.unchanged = ReplyRule(lines: ["NOCHANGE"])
        recipe.echoes = true
        recipe.fatal = [ReplyRule(words: ["KO"])]
        recipe.types = [.a, .aaaa]
        recipe.takesSeveralValues = false
        recipe.minInterval = .seconds(60)
        return recipe
    }()
}
