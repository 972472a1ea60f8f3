import FoundationEssentials

extension SchemeStatus {
    /// Judges what a controller knows, and the latest report of each question.
    package init(of controller: FailoverController, reports: [PropagationReport] = [], at now: Date) {
        let (scheme, state, memory) = (controller.scheme, controller.state, controller.memory)
        name = scheme.name.text
        record = scheme.record.name.description
        types = controller.types.map(\.description)
        ttl = scheme.record.ttl?.seconds
        alias = scheme.alias?.description
        at = now
        servers = scheme.servers.map { ServerLine($0, state) }
        selected = state.selection?.servers.map(\.text) ?? []
        selectedBecause = state.selection?.reason
        published = Self.published(controller)
        expected = Self.expected(controller)
        pending = state.pending.map {
            Pending(reason: $0.reason, hold: $0.hold.text, cause: $0.hold.cause.rawValue, until: $0.hold.until)
        }
        orders = Self.orders(memory.orders)
        lastChange = state.lastReply.map(LastChange.init) ?? memory.changes.last.map { LastChange($0) }
        alerts = memory.alerts.map {
            AlertLine(
                severity: $0.alert.severity, code: $0.alert.code.rawValue, text: $0.alert.text, since: $0.since)
        }
        following = memory.following.map { Following($0, reports) }
        lookedAt = reports.map(\.ended).min()
        reasons = []
        (status, exitCode, summary) = (.ok, 0, "")
        judge(state, reports)
    }

    private mutating func judge(_ state: FailoverState, _ reports: [PropagationReport]) {
        reasons = alerts.map { Reason(status: $0.severity.status, text: $0.text) }.filter { $0.status > .ok }
        if !state.isSettled || state.selection == nil {
            reasons.append(Reason(status: .unknown, text: "health and the record are not known yet"))
        } else if published.isEmpty || published.values.contains(where: { $0.state == .unknown }) {
            reasons.append(Reason(status: .unknown, text: "no authoritative server has answered"))
        }
        if let pending, pending.cause != Hold.Cause.failback.rawValue {
            reasons.append(Reason(status: .warning, text: "\(pending.reason): \(pending.hold)"))
        }
        for server in servers where server.isPublished && server.health != .ok && server.maintenance == nil {
            let isKnown = server.health != .unknown
            reasons.append(
                Reason(status: isKnown ? .critical : .warning, text: "\(server.name) is published and \(server.reason)")
            )
        }
        for server in servers where !server.isPublished && server.health == .fail && server.maintenance == nil {
            reasons.append(Reason(status: .warning, text: "\(server.name) is \(server.reason)"))
        }
        if let following {
            reasons.append(
                Reason(status: .warning, text: "change \(following.change) is on its way: \(following.text)"))
        }
        reasons += reasons(of: reports)
        for order in orders where order.kind != "maintenance" {
            reasons.append(Reason(status: .warning, text: order.text))
        }
        reasons = reasons.enumerated().sorted { ($1.element.status, $0.offset) < ($0.element.status, $1.offset) }
            .map(\.element)
        status = reasons.first?.status ?? .ok
        exitCode = status.exitCode
        let names = servers.filter(\.isPublished).map(\.name).joined(separator: ", ")
        let state = names.isEmpty ? "nothing of the scheme is known to be published" : "\(names) is published"
        summary = ([state] + reasons.prefix(1).map(\.text)).joined(separator: "; ")
    }

    /// What servers say that they should not. While a change is on its way, what is only late is no news; what an alert
    /// tells is not told twice. A look that could not tell enough is a warning: of the scheme itself enough is known.
    private func reasons(of reports: [PropagationReport]) -> [Reason] {
        let least: Status = following == nil ? .warning : .critical
        let isTold = alerts.contains { $0.code == Alert.Code.drift.rawValue || $0.code == Alert.Code.stuck.rawValue }
        return reports.flatMap { report in
            report.reasons.compactMap { reason in
                let status = reason.status == .unknown ? .warning : reason.status
                guard status >= least, status < .critical || !isTold else { return nil }
                return Reason(status: status, text: "\(report.name) \(report.type): \(reason.text)")
            }
        }
    }

    private static func published(_ controller: FailoverController) -> [String: Published] {
        Dictionary(
            controller.types.compactMap { type in
                controller.state.authority.served[type].map { (type.description, Published($0)) }
            }, uniquingKeysWith: { first, _ in first })
    }

    /// What is wanted, or where nothing can be wanted, what is there.
    private static func expected(_ controller: FailoverController) -> [String: [String]] {
        let wanted = (controller.state.selection?.choices ?? []).reduce(into: [RecordType: Set<RecordData>]()) {
            $0.merge($1.wanted) { first, _ in first }
        }
        return Dictionary(
            controller.types.compactMap { type in
                if let values = wanted[type] { return (type.description, values.texts) }
                guard case .agreed(let values) = controller.state.authority.served[type] else { return nil }
                return (type.description, values.texts)
            }, uniquingKeysWith: { first, _ in first })
    }

    private static func orders(_ orders: StandingOrders) -> [OrderLine] {
        orders.maintenance.sorted { $0.key < $1.key }.map { OrderLine("maintenance", $0, $1) }
            + (orders.pin.map { [OrderLine("pin", $0.server, $0.order)] } ?? [])
            + (orders.freeze.map { [OrderLine("freeze", nil, $0)] } ?? [])
            + orders.pretences.sorted { $0.key < $1.key }.map { OrderLine("pretend", $0, $1.order, $1.health) }
    }
}

extension Alert.Severity {
    fileprivate var status: Status {
        switch self {
        case .notice: .ok
        case .warning: .warning
        case .critical: .critical
        }
    }
}

extension SchemeStatus.ServerLine {
    fileprivate init(_ server: Scheme.Server, _ state: FailoverState) {
        let standing = state.selection?.standings.first { $0.server == server.name }
        let indicator = state.indicators[server.name]
        self.init(
            name: server.name.text, addresses: server.addresses.map(\.description), priority: server.priority,
            health: standing?.health ?? .unknown, maintenance: standing?.maintenance,
            isSelected: standing?.isSelected ?? false, isPublished: standing?.isPublished ?? false,
            reason: standing?.reason ?? "not checked yet", since: indicator?.since,
            lastCheck: indicator?.last?.result.reason, lastCheckAt: indicator?.last?.at,
            latencyMS: indicator?.last?.result.latency?.wholeMilliseconds)
    }
}

extension SchemeStatus.Published {
    fileprivate init(_ served: AuthorityView.Served) {
        switch served {
        case .agreed(let values): self.init(state: .agreed, values: values.texts)
        case .mixed(let sets):
            let values = sets.reduce(into: Set<RecordData>()) { $0.formUnion($1) }
            self.init(state: .mixed, values: values.texts)
        case .unknown: self.init(state: .unknown, values: [])
        }
    }
}

extension SchemeStatus.OrderLine {
    fileprivate init(_ kind: String, _ server: ServerName?, _ order: Order, _ health: Health? = nil) {
        self.init(
            kind: kind, server: server?.text, health: health, who: order.who, why: order.why, since: order.since,
            until: order.until)
    }

    /// `frozen by root@host: moving house`
    package var text: String {
        let what =
            switch kind {
            case "pin": "pinned to \(server ?? "?")"
            case "freeze": "frozen"
            case "pretend": "\(server ?? "?") is taken to be \(health?.rawValue ?? "?")"
            default: "\(server ?? "?") is in maintenance"
            }
        return "\(what) by \(who)" + (why.isEmpty ? "" : ": \(why)")
    }
}

extension SchemeStatus.LastChange {
    fileprivate init(_ reply: FailoverState.LastReply) {
        self.init(reply.plan, at: reply.at)
        guard case .answered(let outcomes) = reply.outcome else { return }
        replies = outcomes.compactMap { outcome in
            switch outcome {
            case .success(let reply): reply.text
            case .failure(.permanent(let text, let reply)), .failure(.temporary(let text, let reply, _)),
                .failure(.conflict(let text, _, let reply)):
                reply ?? text
            case .failure(.uncertain(let text)): text
            }
        }
        taken = outcomes.allSatisfy { (try? $0.get()) != nil }
    }

    fileprivate init(_ change: RecentChange) { self.init(change.plan, at: change.at) }

    private init(_ plan: ChangePlan, at date: Date) {
        self.init(
            number: plan.number.value, at: date, reason: plan.reason,
            values: Dictionary(
                plan.changes.map { ($0.type.description, $0.new.texts) }, uniquingKeysWith: { first, _ in first }),
            replies: [], taken: false)
    }
}

extension SchemeStatus.Following {
    fileprivate init(_ plan: ChangePlan, _ reports: [PropagationReport]) {
        let latest = reports.max { ($0.convergence.etaBy ?? .distantPast) < ($1.convergence.etaBy ?? .distantPast) }
        let slowest = reports.min { $0.convergence.operators.converged < $1.convergence.operators.converged }
        self.init(
            change: plan.number.value, operatorsConverged: slowest?.convergence.operators.converged ?? 0,
            operatorsCounted: slowest?.convergence.operators.counted ?? 0, etaBy: latest?.convergence.etaBy,
            etaReason: latest?.convergence.etaReason)
    }

    /// `12 of 14 operators`
    package var text: String { "\(operatorsConverged) of \(operatorsCounted) operators" }
}
