import FoundationEssentials

extension Picker {
    /// Why the pick is what it is: `charlie is down (HTTP 503), echo is the best that is healthy`.
    func reason(_ pick: Pick) -> String {
        switch pick.basis {
        case .pin(let order): "\(Self.list(pick.servers)) is pinned by \(order.who): \(order.why)"
        case .health where isBalancing: balanceReason(pick)
        case .health: failoverReason(pick)
        case .keep where candidates.isEmpty: "no server can be published"
        case .keep where isAllDown: "every server is down or in maintenance, the record stays as it is"
        case .keep: "no server is known to be healthy, the record stays as it is"
        case .allDown: "every server is down or in maintenance, the policy wants \(allDownWish(pick))"
        }
    }

    private var isBalancing: Bool { scheme.policy.mode != .failover }

    private func failoverReason(_ pick: Pick) -> String {
        guard let picked = pick.servers.first else { return "nobody" }
        let place = candidates.firstIndex { $0.name == picked.name } ?? 0
        let passedOver = candidates[..<place].filter { !isUsable($0) }.map(trouble)
        let verdict =
            if !pick.postponed.isEmpty {
                "\(picked.name) stays, the way back to \(Self.list(pick.postponed)) \(wayBack)"
            } else if health(picked) == .unknown {
                "\(picked.name) stays while its health is not known"
            } else {
                "\(picked.name) is the best that is \(health(picked) == .ok ? "healthy" : "usable")"
            }
        return (passedOver.prefix(3) + [verdict]).joined(separator: ", ")
    }

    private var wayBack: String {
        scheme.policy.failback == .manual ? "waits for an order" : "is delayed"
    }

    private func balanceReason(_ pick: Pick) -> String {
        let fillers = pick.servers.filter { pick.fillers.contains($0.name) }
        let healthy = pick.servers.filter(isUsable)
        let kept = pick.servers.filter { !isUsable($0) && !pick.fillers.contains($0.name) }
        let troubles = candidates.filter { server in !isUsable(server) && !kept.contains(server) }.map(trouble)
        var parts = Array(troubles.prefix(3))
        if !healthy.isEmpty { parts.append("\(Self.list(healthy)) \(healthy.count == 1 ? "is" : "are") healthy") }
        if !kept.isEmpty { parts.append("\(Self.list(kept)) not known and published, which stays") }
        if !fillers.isEmpty { parts.append("\(Self.list(fillers)) made up the least number") }
        if !pick.postponed.isEmpty { parts.append("the way back of \(Self.list(pick.postponed)) \(wayBack)") }
        return parts.joined(separator: ", ")
    }

    private func allDownWish(_ pick: Pick) -> String {
        pick.servers.isEmpty
            ? pick.addresses.map(\.description).joined(separator: ", ") : Self.list(pick.servers)
    }

    /// `charlie is down (HTTP 503)`.
    private func trouble(_ server: Scheme.Server) -> String {
        if let why = maintenance(server) { return "\(server.name) is in maintenance (\(why))" }
        let condition = situation.condition(of: server.name)
        return "\(server.name) is \(condition.health.adjective) (\(condition.reason))"
    }

    private static func list(_ servers: [Scheme.Server]) -> String {
        let names = servers.map(\.name.text)
        guard names.count > 1, let last = names.last else { return names.first ?? "nobody" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }
}
