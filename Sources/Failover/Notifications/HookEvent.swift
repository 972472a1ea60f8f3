import DNSModel
import FoundationEssentials

/// What a hook is told, as one line of JSON on its standard input.
package struct HookEvent: Sendable {
    package let stage: HookSettings.Stage
    package let plan: ChangePlan
    /// The name that is published.
    package let record: DomainName
    package let time: Date
    /// Why a change is stuck, or what the service said.
    package let detail: String?

    package init(
        _ stage: HookSettings.Stage, _ plan: ChangePlan, record: DomainName, time: Date, detail: String? = nil
    ) {
        self.stage = stage
        self.plan = plan
        self.record = record
        self.time = time
        self.detail = detail
    }

    /// `number` counts the calls of hooks: whoever writes them down can put them in order.
    func json(number: Int64) -> JSONText {
        var members: [(key: String, value: JSONText)] = [
            ("schema", .string("dnsconverge.hook/1")), ("seq", .number(Int(number))),
            ("stage", .string(stage.rawValue)), ("time", .string(time.ISO8601Format())),
            ("scheme", .string(plan.scheme.text)), ("name", .string(record.description)),
            ("change", .number(Int(plan.number.value))), ("reason", .string(plan.reason)),
            ("selected", .list(plan.selected.map { .string($0.text) })),
            ("changes", .list(plan.changes.map(\.json))),
        ]
        if let detail { members.append(("detail", .string(detail))) }
        return .object(members)
    }
}

extension RRsetChange {
    /// `old` is left out where it is unknown.
    fileprivate var json: JSONText {
        func list(_ values: Set<RecordData>) -> JSONText { .list(values.map(\.text).sorted().map { .string($0) }) }
        var members: [(key: String, value: JSONText)] = [("type", .string(type.description))]
        if let ttl { members.append(("ttl", .number(Int(ttl.seconds)))) }
        if let old { members.append(("old", list(old))) }
        members.append(("new", list(new)))
        return .object(members)
    }
}
