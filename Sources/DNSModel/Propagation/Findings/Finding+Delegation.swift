extension Finding {
    /// Whether parent and child agree on the zone's servers and their addresses.
    static func delegation(_ judgement: Judgement) -> [Finding] {
        judgement.evidence.zones.flatMap { nameservers(of: $0) + glue(of: $0) + source(of: $0) }
    }

    private static func nameservers(of zone: Zone) -> [Finding] {
        guard let child = zone.childNames, !zone.parentNames.isEmpty, child != zone.parentNames else { return [] }
        let onlyParent = zone.parentNames.subtracting(child).sorted().map(\.description)
        let onlyChild = child.subtracting(zone.parentNames).sorted().map(\.description)
        let clauses = [
            onlyParent.isEmpty ? nil : "only the parent lists \(onlyParent.joined(separator: ", "))",
            onlyChild.isEmpty ? nil : "only the zone itself lists \(onlyChild.joined(separator: ", "))",
        ]
        return [
            Finding(
                code: "ns-mismatch", severity: .warning, subject: zone.apex.description,
                detail: clauses.compactMap { $0 }.joined(separator: "; "),
                advice: "make the NS records at the zone's apex and the delegation at the registrar the same")
        ]
    }

    private static func glue(of zone: Zone) -> [Finding] {
        zone.glue.sorted { $0.key < $1.key }.compactMap { name, glue in
            guard let published = zone.published[name] else { return nil }
            // The parent need not have every family, but what it has must be published.
            let families = Set(published.map(\.family))
            let foreign = glue.filter { families.contains($0.family) && !published.contains($0) }
            let missing = published.filter { address in
                glue.contains { $0.family == address.family } && !glue.contains(address)
            }
            guard !foreign.isEmpty || !missing.isEmpty else { return nil }
            return Finding(
                code: "glue-mismatch", severity: .warning, subject: name.description,
                detail: "the parent of \(zone.apex) hands out \(text(glue)), while the name has \(text(published))",
                advice: "correct the server's addresses at the registrar")
        }
    }

    private static func text(_ addresses: Set<IPAddress>) -> String {
        addresses.sorted().map(\.description).joined(separator: ", ")
    }

    private static func source(of zone: Zone) -> [Finding] {
        guard zone.source == .systemResolver else { return [] }
        return [
            Finding(
                code: "system-resolver", severity: .note, subject: zone.apex.description,
                detail: "its servers were found through this machine's resolver, not by walking from the root")
        ]
    }
}
