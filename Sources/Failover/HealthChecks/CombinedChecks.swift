import DNSModel
import Wire

/// A check that is made of others.
protocol CombinedCheck: HealthCheck {
    var combination: Combination { get }
}

extension CombinedCheck {
    package func run(against server: CheckSubjectServer, over network: Network) async -> CheckResult {
        await combination.run(over: network)
    }
}

/// Healthy when every one of several checks says so.
package struct AllCheck: CombinedCheck {
    package static let kind = "all"
    let combination: Combination

    package init?(reading settings: inout SettingReader, in context: CheckContext) {
        let members = Combination.members(&settings, Self.kind, context)
        guard let members else { return nil }
        combination = Combination(of: members, need: members.count)
    }
}

/// Healthy when one of several checks says so.
package struct AnyCheck: CombinedCheck {
    package static let kind = "any"
    let combination: Combination

    package init?(reading settings: inout SettingReader, in context: CheckContext) {
        guard let members = Combination.members(&settings, Self.kind, context) else { return nil }
        combination = Combination(of: members, need: 1)
    }
}

/// Healthy when so many of several checks say so: `n_of: {need: 2, of: [{…}, {…}, {…}]}`.
package struct NumberCheck: CombinedCheck {
    package static let kind = "n_of"
    let combination: Combination

    package init?(reading settings: inout SettingReader, in context: CheckContext) {
        let combination: Combination?? = settings.group(Self.kind) { settings in
            let members = Combination.members(&settings, "of", context)
            let need = settings.required("need", settings.integer("need", in: 1...64), form: "how many are needed")
            guard let members, let need else { return nil }
            if need > members.count {
                settings.note("need", "is \(need), and there are \(members.count) checks: give no more than those")
            }
            return Combination(of: members, need: need)
        }
        guard let combination = combination ?? nil else { return nil }
        self.combination = combination
    }
}
