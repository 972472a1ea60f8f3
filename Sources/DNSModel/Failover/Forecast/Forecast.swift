import FoundationEssentials

/// What a scheme would do, found out without doing it. As JSON it is the schema `dnsconverge.forecast/1`, from which keys
/// without a value are left out.
package struct Forecast: Hashable, Sendable, Codable {
    package static let schemaName = "dnsconverge.forecast/1"

    /// An RRset that would be sent.
    package struct Change: Hashable, Sendable, Codable {
        package var type: String
        package var ttl: UInt32?
        /// What it would replace; nil when that is not known.
        package var old: [String]?
        package var new: [String]
    }

    package var schema = Self.schemaName
    package var name: String
    package var record: String
    package var status: Status
    package var exitCode: Int32
    /// What the decision is, and why.
    package var selected: [String]
    package var because: String?
    /// What would be sent at once; empty when nothing would be.
    package var changes: [Change]
    /// Why, for people.
    package var reason: String?
    /// What is wanted and would have to wait, with why and until when.
    package var held: [Change]
    package var hold: String?
    package var holdUntil: Date?
    /// Why an order would not be obeyed; nothing else would happen then.
    package var refusal: String?
    /// What would be noted in the history, and whom it would be told.
    package var notes: [String]
    package var alerts: [String]
    /// How the scheme would be after that, once a change had arrived everywhere.
    package var after: SchemeStatus

    enum CodingKeys: String, CodingKey {
        case schema, name, record, status
        case exitCode = "exit_code"
        case selected, because, changes, reason, held, hold
        case holdUntil = "hold_until"
        case refusal, notes, alerts, after
    }
}

extension Forecast {
    /// By a copy of a controller that has taken an event in, and the actions that it has asked for.
    package init(
        _ controller: FailoverController, _ actions: [FailoverAction], refusal: String? = nil, notes: [String] = [],
        at now: Date
    ) {
        let plan = actions.lazy.compactMap { if case .publish(let plan) = $0 { plan } else { nil } }.last
        // A change that would be sent is no change that waits.
        let pending = plan == nil ? controller.state.pending : nil
        let made = plan.map { Self.status(of: controller, having: $0, at: now) }
        let after = made ?? SchemeStatus(of: controller, at: now)
        self.init(
            name: after.name, record: after.record, status: after.status, exitCode: after.exitCode,
            selected: after.selected, because: after.selectedBecause,
            changes: (plan?.changes ?? []).map(Change.init), reason: plan?.reason ?? pending?.reason,
            held: (pending?.changes ?? []).map(Change.init), hold: pending?.hold.text,
            holdUntil: pending?.hold.until, refusal: refusal, notes: notes,
            alerts: actions.compactMap {
                if case .alert(let alert) = $0 { "\(alert.severity.rawValue): \(alert.text)" } else { nil }
            }, after: after)
    }

    /// How a scheme is whose provider takes a change that then arrives everywhere.
    private static func status(
        of controller: FailoverController, having plan: ChangePlan, at now: Date
    ) -> SchemeStatus {
        var controller = controller
        var served = controller.state.authority.served
        for change in plan.changes { served[change.type] = .agreed(change.new) }
        let taken = plan.changes.map { _ in ProviderOutcome.success(ProviderReply("dry run")) }
        let events: [FailoverEvent] = [
            .published(plan.number, .answered(taken)), .looked(AuthorityView(served)),
            .spread(plan.number, .converged),
        ]
        for event in events { _ = controller.handle(event, at: now, number: plan.number) }
        var status = SchemeStatus(of: controller, at: now)
        // It was never made.
        status.lastChange = nil
        return status
    }

    /// What would follow an order.
    package init(of order: FailoverOrder, to controller: FailoverController, at now: Date) {
        var controller = controller
        let refusal = controller.refusal(of: order)
        let actions = refusal == nil ? controller.handle(.ordered(order), at: now, number: ChangeNumber(0)) : []
        self.init(controller, actions, refusal: refusal, at: now)
    }

    /// What a scheme would do that starts now, when its checks go on to say what they have said, and the authority too.
    package init(
        starting scheme: Scheme, traits: ProviderTraits, memory: FailoverMemory,
        results: [ServerName: CheckResult], view: AuthorityView, at now: Date
    ) {
        var scheme = scheme
        // What would be said as often, and for as long, as the thresholds want is taken as said.
        for index in scheme.servers.indices { scheme.servers[index].thresholds = Thresholds(fall: 1, rise: 1) }
        var controller = FailoverController(scheme: scheme, traits: traits, memory: memory)
        let events: [FailoverEvent] =
            [.tick] + results.sorted { $0.key < $1.key }.map { .checked($0, $1) } + [.looked(view)]
        let actions = events.flatMap { controller.handle($0, at: now, number: ChangeNumber(0)) }
        self.init(controller, actions, at: now)
    }
}

extension Forecast.Change {
    fileprivate init(_ change: RRsetChange) {
        self.init(
            type: change.type.description, ttl: change.ttl?.seconds, old: change.old?.sorted().map(\.text),
            new: change.new.sorted().map(\.text))
    }

    /// `A 192.0.2.1 -> 192.0.2.2, TTL 300`
    package var text: String {
        func list(_ values: [String]) -> String { values.isEmpty ? "nothing" : values.joined(separator: " ") }
        return "\(type) \(old.map(list) ?? "(not known)") -> \(list(new))" + (ttl.map { ", TTL \($0)" } ?? "")
    }
}

/// Forecasts of several schemes: the answer to an order with `dry_run`.
package struct ForecastPage: Hashable, Sendable, Codable {
    package static let schemaName = "dnsconverge.forecasts/1"

    package var schema = Self.schemaName
    package var forecasts: [Forecast]

    package init(_ forecasts: [Forecast]) {
        self.forecasts = forecasts
    }

    /// The worst of all; an order that would be refused is CRITICAL.
    package var status: Status {
        forecasts.map { $0.refusal == nil ? $0.status : .critical }.max() ?? .ok
    }
}
