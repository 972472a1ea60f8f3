import DNSModel
import FoundationEssentials

/// What a hook is told, as one line of JSON on its standard input.
package struct HookEvent: Sendable {
    private enum Subject: Sendable {
        /// With why it is stuck, or what the service said.
        case change(ChangePlan, detail: String?)
        case notice(Notice)
    }

    package let stage: HookSettings.Stage
    /// Nil for what concerns all schemes.
    package let scheme: SchemeName?
    /// The name that is published.
    package let record: DomainName?
    package let time: Date
    private let subject: Subject

    package init(
        _ stage: HookSettings.Stage, _ plan: ChangePlan, record: DomainName, time: Date, detail: String? = nil
    ) {
        self.stage = stage
        scheme = plan.scheme
        self.record = record
        self.time = time
        subject = .change(plan, detail: detail)
    }

    package init(alert notice: Notice) {
        stage = .alert
        (scheme, record, time) = (notice.scheme, notice.record, notice.time)
        subject = .notice(notice)
    }

    /// `number` counts the calls of hooks: whoever writes them down can put them in order.
    func json(number: Int64) -> JSONText {
        var members: [(key: String, value: JSONText)] = [
            ("schema", .string("dnsconverge.hook/1")), ("seq", .number(Int(number))),
            ("stage", .string(stage.rawValue)), ("time", .string(time.ISO8601Format())),
            ("scheme", scheme.map { .string($0.text) } ?? .null),
            ("name", record.map { .string($0.description) } ?? .null),
        ]
        switch subject {
        case .change(let plan, let detail):
            members += [
                ("change", .number(Int(plan.number.value))), ("reason", .string(plan.reason)),
                ("selected", .list(plan.selected.map { .string($0.text) })),
                ("changes", .list(plan.changes.map(\.json))),
            ]
            if let detail { members.append(("detail", .string(detail))) }
        case .notice(let notice):
            members += [
                ("severity", .string(notice.severity.rawValue)), ("code", .string(notice.code)),
                ("text", .string(notice.text)),
            ]
        }
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
