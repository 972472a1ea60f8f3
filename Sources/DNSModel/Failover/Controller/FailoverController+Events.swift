import FoundationEssentials

extension FailoverController {
    mutating func absorb(_ event: FailoverEvent, at now: Date) {
        switch event {
        case .tick: break
        case .checked(let name, let result): record(result, of: name, at: now)
        case .looked(let view): look(at: view, now)
        case .published(let number, let outcome): conclude(number, outcome, at: now)
        case .spread(let number, let spread): note(spread, of: number)
        case .watched(let drift): state.drift = drift
        case .ordered(let order): obey(order, at: now)
        case .configured(let scheme, let traits): configure(scheme, traits, at: now)
        }
    }

    /// What is known of a server that was not heard of yet.
    func indicator(_ server: Scheme.Server) -> Indicator {
        state.indicators[server.name] ?? Indicator(thresholds: server.thresholds)
    }

    private mutating func record(_ result: CheckResult, of name: ServerName, at now: Date) {
        if scheme.canaries.contains(name) {
            _ = state.canaries[name, default: Indicator()].record(result, at: now)
        } else if let server = scheme.servers.first(where: { $0.name == name }) {
            var indicator = indicator(server)
            let before = indicator.isInMaintenance
            let transition = indicator.record(result, at: now)
            foresee(result, of: server, indicator.health, at: now)
            state.indicators[name] = indicator
            note(transition, of: name)
            if indicator.isInMaintenance != before {
                actions.append(
                    .note(.maintenance(name, isOn: !before, who: "the check's source", why: result.reason)))
            }
        }
    }

    /// When a published server begins to fail, a fresh look is at hand once that is certain.
    private mutating func foresee(
        _ result: CheckResult, of server: Scheme.Server, _ health: Health, at now: Date
    ) {
        guard result.health.severity > health.severity, let at = state.authority.at, at + timing.foresight < now,
            situation(now).publishes(server, in: types)
        else { return }
        state.authority.isLookWanted = true
    }

    mutating func note(_ transition: Indicator.Transition?, of name: ServerName) {
        guard let transition else { return }
        actions.append(
            .note(.health(name, from: transition.from, to: transition.to, reason: transition.reason)))
    }

    private mutating func obey(_ order: FailoverOrder, at now: Date) {
        guard refusal(of: order) == nil else { return }
        actions.append(.note(.order(order)))
        memory.orders.take(order)
        switch order {
        case .push(let who):
            memory.push = who
            state.setback = nil
        case .failBack(let who): memory.failBack = who
        case .unfreeze: memory.countsFrom = now
        default: break
        }
    }

    /// Why an order cannot be obeyed, for whoever gave it; nil when it can. The controller ignores one that cannot.
    package func refusal(of order: FailoverOrder) -> String? {
        switch order {
        case .startMaintenance(let server, _), .endMaintenance(let server, _), .pin(let server, _),
            .pretend(let server, _, _), .endPretence(let server, _):
            guard !scheme.servers.contains(where: { $0.name == server }) else { return nil }
            let names = scheme.servers.map(\.name.text).joined(separator: ", ")
            return "scheme \(scheme.name) has no server “\(server)”; it has \(names)"
        case .push, .failBack:
            return memory.orders.freeze.map {
                "scheme \(scheme.name) is frozen by \($0.who) (\($0.why)); unfreeze it first"
            }
        case .unpin, .freeze, .unfreeze: return nil
        }
    }

    private mutating func configure(_ new: Scheme, _ traits: ProviderTraits, at now: Date) {
        let old = scheme
        scheme = new
        self.traits = traits
        memory.orders.keep(Set(new.servers.map(\.name)))
        state.indicators = state.indicators.filter { name, _ in new.servers.contains { $0.name == name } }
        for server in new.servers { state.indicators[server.name]?.thresholds = server.thresholds }
        state.canaries = state.canaries.filter { new.canaries.contains($0.key) }
        state.setback = nil
        state.situation = nil
        state.hasRecognised = false
        state.authority.isJudged = false
        if old.record.name != new.record.name { forgetTheRecord() }
    }

    /// Another record: what was known of the former one says nothing about it.
    private mutating func forgetTheRecord() {
        memory.familiar = [:]
        memory.unseen = nil
        memory.following = nil
        state.authority = FailoverState.Authority()
        state.stuck = nil
        state.drift = nil
    }
}
