import FoundationEssentials

/// What `dig` sees in a resolver's cache, without our program's help.
struct CacheClock: Sendable {
    let values: [String]
    /// Between which moments the cache drops it; caches count in whole seconds of the clock.
    let expiry: ClosedRange<Double>

    /// Asks a resolver from the client. Throws when there is no answer.
    init(_ name: String, at address: String, in world: MiniatureInternet) async throws {
        let before = Date().timeIntervalSince1970
        let words = try world.node("client").exec + ["dig", "+noall", "+answer", "@\(address)", name, "A"]
        let output = try await Command.run(words).output
        let after = Date().timeIntervalSince1970
        let fields = output.split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace) }
        guard let ttl = fields.compactMap({ $0.count > 4 ? Double($0[1]) : nil }).min() else {
            throw WorldFailure("dig @\(address) \(name): \(output)")
        }
        values = fields.compactMap { $0.last.map(String.init) }
        expiry = before.rounded(.down) + ttl...after.rounded(.down) + ttl
    }
}
