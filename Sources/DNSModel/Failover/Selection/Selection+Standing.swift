extension Selection.Standing {
    init(_ server: Scheme.Server, isSelected: Bool, picks: [(Picker, Picker.Pick)], situation: Situation) {
        let condition = situation.condition(of: server.name)
        self.server = server.name
        priority = server.priority
        health = condition.health
        maintenance = condition.maintenance
        isPublished = picks.contains { picker, _ in picker.isPublished(server) }
        self.isSelected = isSelected
        let state = Self.state(condition)
        let place = Self.place(server, isSelected: isSelected, picks: picks, situation: situation)
        reason = [state, place].compactMap { $0 }.joined(separator: "; ")
    }

    private static func state(_ condition: Situation.Condition) -> String {
        if let why = condition.maintenance { return "in maintenance: \(why)" }
        return condition.health == .ok ? "healthy" : "\(condition.health.adjective): \(condition.reason)"
    }

    /// Why it is selected although it should not, or not selected although it could.
    private static func place(
        _ server: Scheme.Server, isSelected: Bool, picks: [(Picker, Picker.Pick)], situation: Situation
    ) -> String? {
        let able = picks.first { picker, _ in picker.candidates.contains { $0.name == server.name } }
        guard let (picker, pick) = able else { return "cannot be published: it lacks a family of addresses" }
        switch pick.basis {
        case .pin where isSelected: return "pinned"
        case .pin: return "\(situation.pin?.server.text ?? "another") is pinned"
        case .keep: return isSelected ? "stays for want of a healthy one" : nil
        case .allDown: return isSelected ? "selected because every server is down" : nil
        case .health: break
        }
        if isSelected { return Self.whySelected(server, pick: pick, picker: picker) }
        if pick.postponed.contains(where: { $0.name == server.name }) { return "its way back waits" }
        guard picker.isUsable(server), let best = pick.servers.first else { return nil }
        return best.priority > server.priority
            ? "\(best.name) has the higher priority" : "\(best.name) comes first among equals"
    }

    private static func whySelected(_ server: Scheme.Server, pick: Picker.Pick, picker: Picker) -> String {
        if pick.fillers.contains(server.name) { return "selected to make up the least number" }
        return picker.isUsable(server) ? "selected" : "stays while its health is not known"
    }
}
