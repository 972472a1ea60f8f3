import FoundationEssentials

extension Picker {
    func choice(_ pick: Pick) -> Selection.Choice {
        let wanted = wanted(pick)
        let differs = wanted.contains { situation.published[$0.key] != $0.value }
        return Selection.Choice(
            types: types, servers: pick.servers.map(\.name), wanted: wanted, move: differs ? move(pick) : nil,
            reason: reason(pick), postponed: postponed(pick))
    }

    private func wanted(_ pick: Pick) -> [RecordType: Set<RecordData>] {
        var wanted: [RecordType: Set<RecordData>] = [:]
        for type in types {
            var values = pick.servers.reduce(into: Set<RecordData>()) { $0.formUnion($1.values(type)) }
            values.formUnion(pick.addresses.filter { $0.family.recordType == type }.map(RecordData.init))
            if case .keep = pick.basis, values != situation.published[type] { continue }
            // An RRset is taken away only along with servers that have none.
            if values.isEmpty, pick.servers.isEmpty || !situation.canWithdraw { continue }
            wanted[type] = values
        }
        return wanted
    }

    private func move(_ pick: Pick) -> Selection.Move {
        switch pick.basis {
        case .pin: return .pin
        // To leave one server that is down for another one is nothing to hurry for.
        case .allDown where !pick.servers.isEmpty: return .allDown
        case .allDown, .health, .keep: break
        }
        let published = scheme.servers.filter(isPublished)
        let left = published.filter { server in !pick.servers.contains { $0.name == server.name } }
        if left.contains(where: isDown) { return .failed }
        if left.contains(where: { maintenance($0) != nil }) { return .maintenance }
        return published.isEmpty ? .initial : .failback
    }

    private func postponed(_ pick: Pick) -> Selection.Postponed? {
        guard !pick.postponed.isEmpty else { return nil }
        return Selection.Postponed(
            servers: pick.postponed.map(\.name), until: pick.postponed.compactMap(releaseTime).min())
    }
}
