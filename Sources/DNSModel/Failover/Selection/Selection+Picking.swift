extension Selection {
    package init(of scheme: Scheme, in situation: Situation) {
        let canariesDown = Self.isNetworkDown(scheme, situation)
        var situation = situation
        if canariesDown { situation.forgetHealth("our own network fails: every canary is down, too") }
        let groups =
            scheme.policy.families == .lockstep
            ? [scheme.families.map(\.recordType)] : scheme.families.map { [$0.recordType] }
        let picks = groups.map { Picker(scheme: scheme, situation: situation, types: $0) }.map { ($0, $0.pick) }
        choices = picks.map { picker, pick in picker.choice(pick) }
        isAllDown = !picks.isEmpty && picks.allSatisfy { picker, _ in picker.isAllDown }
        areCanariesDown = canariesDown
        let selected = Set(choices.flatMap(\.servers))
        standings = scheme.servers.map { server in
            Standing(server, isSelected: selected.contains(server.name), picks: picks, situation: situation)
        }
    }

    private static func isNetworkDown(_ scheme: Scheme, _ situation: Situation) -> Bool {
        !scheme.canaries.isEmpty && !scheme.servers.isEmpty
            && scheme.canaries.allSatisfy { situation.canaries[$0] == .fail }
            && scheme.servers.allSatisfy { situation.condition(of: $0.name).health == .fail }
    }
}

extension Situation {
    package func condition(of server: ServerName) -> Condition { conditions[server] ?? Condition() }

    /// Whether the record leads to some address of that server.
    func publishes(_ server: Scheme.Server, in types: [RecordType]) -> Bool {
        types.contains { type in
            let values = server.values(type)
            return !values.isEmpty && values.isSubset(of: published[type] ?? [])
        }
    }

    fileprivate mutating func forgetHealth(_ why: String) {
        for name in conditions.keys {
            conditions[name]?.health = .unknown
            conditions[name]?.reason = why
            conditions[name]?.usableSince = nil
        }
    }
}

extension Scheme.Server {
    /// Its addresses of that type's family.
    package func values(_ type: RecordType) -> Set<RecordData> {
        Set(addresses.filter { $0.family.recordType == type }.map(RecordData.init))
    }
}
