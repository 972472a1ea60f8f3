import DNSModel

/// What a program reads from its standard input: one JSON object on one line.
struct ExecRequest: Sendable {
    let name: DomainName
    let type: RecordType
    /// Whether it is to change something.
    let changes: Bool
    let json: JSONText

    init(reading name: DomainName, _ type: RecordType) {
        self.init(name, type, change: nil)
    }

    init(_ change: RRsetChange) {
        self.init(change.name, change.type, change: change)
    }

    private init(_ name: DomainName, _ type: RecordType, change: RRsetChange?) {
        (self.name, self.type, changes) = (name, type, change != nil)
        let origin = change?.origin
        json = .object([
            ("op", .string(change == nil ? "get" : "set")),
            ("fqdn", .string(name.description)),
            ("type", .string(type.description)),
            ("ttl", change?.ttl.map { .number(Int($0.seconds)) } ?? .null),
            ("values", change.map { .texts(of: $0.new) } ?? .null),
            ("expect", change?.old.map { .texts(of: $0) } ?? .null),
            ("scheme", origin.map { .string($0.scheme.text) } ?? .null),
            ("epoch", origin.map { .number(Int($0.number.value)) } ?? .null),
            ("owner", origin.map { .string($0.owner) } ?? .null),
            ("dry_run", .bool(false)),
        ])
    }
}

extension JSONText {
    fileprivate static func texts(of data: Set<RecordData>) -> JSONText {
        .list(data.sorted().map { .string($0.text) })
    }
}
