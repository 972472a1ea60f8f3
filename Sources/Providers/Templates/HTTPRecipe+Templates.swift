import DNSModel

/// The recipes that come with the program, by the name under which a configuration asks for them.
extension HTTPRecipe {
    static let templates: [(key: String, recipe: HTTPRecipe)] = [
        ("desec", .deSEC), ("digitalocean", .digitalOcean), ("duckdns", .duckDNS), ("dynv6", .dynv6),
        ("gandi", .gandi), ("hetzner", .hetzner),
    ]
}
