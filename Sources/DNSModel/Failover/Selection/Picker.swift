import FoundationEssentials

/// Picks the servers of one choice.
struct Picker {
    let scheme: Scheme
    let situation: Situation
    /// The types that are decided together.
    let types: [RecordType]
    /// The servers that can be published, best first: by priority, then those that are published, then by the file.
    let candidates: [Scheme.Server]

    init(scheme: Scheme, situation: Situation, types: [RecordType]) {
        self.scheme = scheme
        self.situation = situation
        self.types = types
        let able = scheme.servers.filter { server in
            let has = types.filter { !server.values($0).isEmpty }
            return !has.isEmpty && (has.count == types.count || situation.canWithdraw)
        }
        let published = able.map { situation.publishes($0, in: types) }
        candidates = able.indices.sorted { a, b in
            if able[a].priority != able[b].priority { return able[a].priority > able[b].priority }
            return published[a] != published[b] ? published[a] : a < b
        }.map { able[$0] }
    }

    var isAllDown: Bool { !candidates.isEmpty && candidates.allSatisfy(isOut) }

    /// Known to be of no use.
    func isOut(_ server: Scheme.Server) -> Bool { isDown(server) || maintenance(server) != nil }

    func isDown(_ server: Scheme.Server) -> Bool {
        switch health(server) {
        case .fail: true
        case .warn: !scheme.policy.acceptsWarn
        case .ok, .unknown: false
        }
    }

    func isUsable(_ server: Scheme.Server) -> Bool { !isOut(server) && health(server) != .unknown }

    /// Whether a published server stays unless there is a better one.
    func isKeepable(_ server: Scheme.Server) -> Bool { !isOut(server) }

    func isPublished(_ server: Scheme.Server) -> Bool { situation.publishes(server, in: types) }

    /// The record leads to that server, and to nothing else.
    func isCurrent(_ server: Scheme.Server) -> Bool {
        isPublished(server)
            && types.allSatisfy { situation.published[$0].map { [v = server.values($0)] in $0 == v } ?? true }
    }

    func health(_ server: Scheme.Server) -> Health { situation.condition(of: server.name).health }
    func maintenance(_ server: Scheme.Server) -> String? { situation.condition(of: server.name).maintenance }
}
