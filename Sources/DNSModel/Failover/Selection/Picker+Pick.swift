import FoundationEssentials

extension Picker {
    /// What is picked, before it is compared with what is published.
    struct Pick {
        enum Basis {
            case pin(Order)
            case health
            /// Nobody can be picked: what is published stays.
            case keep
            case allDown
        }

        var basis: Basis
        /// In the order of the file.
        var servers: [Scheme.Server] = []
        /// Addresses that are no server's.
        var addresses: [IPAddress] = []
        /// Better servers that are not gone back to yet.
        var postponed: [Scheme.Server] = []
        /// Servers that make up the least number, although they are of no use.
        var fillers: Set<ServerName> = []
    }

    var pick: Pick {
        if let pin = situation.pin, let server = candidates.first(where: { $0.name == pin.server }) {
            return Pick(basis: .pin(pin.order), servers: [server])
        }
        var pick =
            switch scheme.policy.mode {
            case .failover: best
            case .balance(let minPublished): everyUsable(least: min(candidates.count, max(1, minPublished)))
            }
        pick.servers = scheme.servers.filter { server in pick.servers.contains { $0.name == server.name } }
        return pick
    }

    private var best: Pick {
        guard let current = candidates.first(where: { isCurrent($0) && isKeepable($0) }) else {
            return candidates.first(where: isUsable).map { Pick(basis: .health, servers: [$0]) } ?? nobody
        }
        let better = candidates.filter { $0.priority > current.priority && isUsable($0) }
        let next = better.first(where: isReleased)
        let postponed = better.filter { !isReleased($0) && $0.priority > next?.priority ?? current.priority }
        return Pick(basis: .health, servers: [next ?? current], postponed: postponed)
    }

    private func everyUsable(least: Int) -> Pick {
        let kept = candidates.filter { isPublished($0) && isKeepable($0) }
        let others = candidates.filter { !isPublished($0) && isUsable($0) }
        var picked = kept + (kept.isEmpty ? others : others.filter(isReleased))
        guard !picked.isEmpty else { return nobody }
        func left(_ servers: [Scheme.Server]) -> [Scheme.Server] {
            servers.filter { server in !picked.contains { $0.name == server.name } }
        }
        picked += left(others).prefix(max(0, least - picked.count))
        let fillers = left(candidates).sorted { fillRank($0) < fillRank($1) }.prefix(max(0, least - picked.count))
        picked += fillers
        return Pick(
            basis: .health, servers: picked, postponed: left(others), fillers: Set(fillers.map(\.name)))
    }

    /// Who is published stays before others come, and whoever is in maintenance comes last.
    private func fillRank(_ server: Scheme.Server) -> (Int, Int) {
        let place = candidates.firstIndex { $0.name == server.name } ?? 0
        return (maintenance(server) != nil ? 2 : isPublished(server) ? 0 : 1, place)
    }

    private var nobody: Pick {
        let published = Pick(basis: .keep, servers: candidates.filter(isPublished))
        guard isAllDown else { return published }
        switch scheme.policy.allDown {
        case .keep: return published
        case .first: return Pick(basis: .allDown, servers: Array(candidates.prefix(1)))
        case .all:
            let present = candidates.filter { maintenance($0) == nil }
            return Pick(basis: .allDown, servers: present.isEmpty ? candidates : present)
        case .addresses(let addresses): return Pick(basis: .allDown, addresses: addresses)
        }
    }

    /// Whether the policy lets the record go back to that server now.
    private func isReleased(_ server: Scheme.Server) -> Bool {
        if situation.goesBack { return true }
        switch scheme.policy.failback {
        case .auto: return true
        case .manual: return false
        case .delayed: return releaseTime(server).map { $0 <= situation.now } ?? false
        }
    }

    func releaseTime(_ server: Scheme.Server) -> Date? {
        guard case .delayed(let wait) = scheme.policy.failback else { return nil }
        return situation.condition(of: server.name).usableSince.map { $0 + wait }
    }
}
