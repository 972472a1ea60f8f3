import DNSModel
import FoundationEssentials

extension Date {
    /// Where the tests' clock begins.
    static let start = Date(timeIntervalSince1970: 1_800_000_000)
}

extension ServerName: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) { self.init(text) }
}

extension Scheme {
    /// charlie 100, echo 95 and bravo 85, whose addresses end in 1, 2 and 3, each result of a check being decisive.
    static func cat(
        families: [IPAddress.Family] = [.ipv4], thresholds: Thresholds = Thresholds(fall: 1, rise: 1),
        _ adjust: (inout Scheme) -> Void = { _ in }
    ) -> Scheme {
        let servers = [("charlie", 100), ("echo", 95), ("bravo", 85)].enumerated().map { index, server in
            Server(
                name: ServerName(server.0), addresses: families.map { .ofServer(index + 1, $0) }, priority: server.1,
                thresholds: thresholds)
        }
        var scheme = Scheme(
            name: SchemeName("cat"),
            record: Record(name: DomainName(validatedWire: Array("\u{3}cat\u{2}he\u{5}okerr\u{3}com\u{0}".utf8))),
            servers: servers)
        adjust(&scheme)
        return scheme
    }
}

extension IPAddress {
    /// 192.0.2.n or 2001:db8::n.
    static func ofServer(_ number: Int, _ family: Family = .ipv4) -> IPAddress {
        let last = UInt8(number)
        let octets: [UInt8] =
            family == .ipv4
            ? [192, 0, 2, last] : [0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last]
        guard let address = IPAddress(octets: octets) else { preconditionFailure("four or sixteen octets") }
        return address
    }
}

/// The A data of 192.0.2.n.
func a(_ numbers: Int...) -> Set<RecordData> { Set(numbers.map { RecordData(.ofServer($0)) }) }

/// The AAAA data of 2001:db8::n.
func aaaa(_ numbers: Int...) -> Set<RecordData> { Set(numbers.map { RecordData(.ofServer($0, .ipv6)) }) }

extension Order {
    static func by(_ who: String = "alice", _ why: String = "a test", until: Date? = nil) -> Order {
        Order(who: who, why: why, since: .start, until: until)
    }
}

extension FailoverAction {
    var plan: ChangePlan? { if case .publish(let plan) = self { plan } else { nil } }
    var followed: ChangePlan? { if case .follow(let plan) = self { plan } else { nil } }
    var alert: Alert? { if case .alert(let alert) = self { alert } else { nil } }
    var note: FailoverNote? { if case .note(let note) = self { note } else { nil } }
    var wakeTime: Date? { if case .wake(let date) = self { date } else { nil } }
}
