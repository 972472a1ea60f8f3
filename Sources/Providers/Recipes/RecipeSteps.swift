import DNSModel

/// The calls that make of what a service has what is wanted, in their order, each with its placeholders' values.
struct RecipeSteps {
    private(set) var calls: [(call: HTTPRecipe.Call, values: [Placeholder: String])] = []

    /// `found` is what there is; nil when nobody can tell.
    init(
        _ change: RRsetChange, found: [RecipeRecord]?, recipe: HTTPRecipe, values: RecipeValues
    ) throws(ProviderError) {
        let known = found ?? []
        let ttl = change.ttl ?? known.compactMap(\.ttl).min() ?? recipe.defaultTTL
        // The TTL counts only where the service shows it.
        let isOld = known.contains { $0.ttl != nil && $0.ttl != ttl }
        let hasValues = found != nil && Set(known.map(\.data)) == change.new
        guard !hasValues || isOld && !change.new.isEmpty else { return }
        switch recipe.scope {
        case .whole:
            let all = values.of(change, data: change.new.sorted(), ttl: ttl)
            if change.new.isEmpty {
                calls.append((try Self.needed(recipe.delete, change), all))
            } else if found?.isEmpty == true, let create = recipe.create {
                calls.append((create, all))
            } else {
                if !hasValues || recipe.setTTL == nil { calls.append((recipe.set, all)) }
                if isOld, let setTTL = recipe.setTTL { calls.append((setTTL, all)) }
            }
        case .single: try addSingles(change, known, ttl, recipe, values)
        }
    }

    /// Gives records other values, makes what is missing and takes away what is left over, so that at no time there is none.
    private mutating func addSingles(
        _ change: RRsetChange, _ known: [RecipeRecord], _ ttl: TTL, _ recipe: HTTPRecipe, _ values: RecipeValues
    ) throws(ProviderError) {
        var free = known.filter { !change.new.contains($0.data) }
        for record in known where change.new.contains(record.data) && record.ttl != nil && record.ttl != ttl {
            calls.append((recipe.set, values.of(change, data: [record.data], ttl: ttl, identifier: record.identifier)))
        }
        for data in change.new.subtracting(known.map(\.data)).sorted() {
            if free.isEmpty {
                calls.append((try Self.needed(recipe.create, change), values.of(change, data: [data], ttl: ttl)))
            } else {
                let record = free.removeFirst()
                calls.append((recipe.set, values.of(change, data: [data], ttl: ttl, identifier: record.identifier)))
            }
        }
        for record in free {
            let all = values.of(change, data: [record.data], ttl: ttl, identifier: record.identifier)
            calls.append((try Self.needed(recipe.delete, change), all))
        }
    }

    private static func needed(
        _ call: HTTPRecipe.Call?, _ change: RRsetChange
    ) throws(ProviderError) -> HTTPRecipe.Call {
        guard let call else {
            throw .permanent("\(change.name) \(change.type): the provider has no call that would make or delete it")
        }
        return call
    }
}
