import DNSModel
import FoundationEssentials

/// What the daemon says of itself and all its schemes: `GET /api/v1/status`.
package struct EngineStatus: Hashable, Sendable, Codable {
    package static let schemaName = "dnsconverge.status/1"

    package var schema = Self.schemaName
    package var version: String
    package var process: Int32
    package var started: Date
    /// It decides and notes, and changes nothing.
    package var observesOnly: Bool
    /// Why the journal does not write; nil when all is well.
    package var journalProblem: String?
    package var schemes: [SchemeStatus]
    /// How the checks of servers keep their times.
    package var checks: CheckPunctuality?

    package init(
        version: String, process: Int32, started: Date, observesOnly: Bool, journalProblem: String?,
        schemes: [SchemeStatus]
    ) {
        self.version = version
        self.process = process
        self.started = started
        self.observesOnly = observesOnly
        self.journalProblem = journalProblem
        self.schemes = schemes
    }

    enum CodingKeys: String, CodingKey {
        case schema, version, process, started
        case observesOnly = "observes_only"
        case journalProblem = "journal_problem"
        case schemes, checks
    }

    /// The worst scheme's, and at least WARNING while the journal does not write.
    package var status: Status {
        let worst = schemes.map(\.status).max() ?? .ok
        return journalProblem == nil ? worst : max(worst, .warning)
    }
}

/// What somebody wants: the body of `POST /api/v1/schemes/NAME/orders`, and of `POST /api/v1/orders` for all schemes.
package struct OrderRequest: Hashable, Sendable, Codable {
    package enum Action: String, Hashable, Sendable, Codable, CaseIterable {
        case maintain, endMaintenance = "end-maintenance"
        case pin, unpin, freeze, unfreeze, push
        case failBack = "fail-back"
        case pretend, endPretence = "end-pretence"
    }

    package var action: Action
    package var server: String?
    package var health: Health?
    package var who: String
    package var why: String
    package var until: Date?

    package init(
        _ action: Action, server: String? = nil, health: Health? = nil, who: String, why: String = "",
        until: Date? = nil
    ) {
        self.action = action
        self.server = server
        self.health = health
        self.who = who
        self.why = why
        self.until = until
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        action = try container.decode(Action.self, forKey: .action)
        server = try container.decodeIfPresent(String.self, forKey: .server)
        health = try container.decodeIfPresent(Health.self, forKey: .health)
        // The daemon knows who asks; a command says on whose behalf.
        who = try container.decodeIfPresent(String.self, forKey: .who) ?? ""
        why = try container.decodeIfPresent(String.self, forKey: .why) ?? ""
        until = try container.decodeIfPresent(Date.self, forKey: .until)
    }

    /// The order that is meant; throws what is missing.
    package func order(at now: Date) throws(OrderProblem) -> FailoverOrder {
        let order = Order(who: who, why: why, since: now, until: until)
        guard until.map({ $0 > now }) ?? true else {
            throw OrderProblem("the order would be over already", isIncomplete: true)
        }
        switch action {
        case .maintain: return .startMaintenance(try named(), order)
        case .endMaintenance: return .endMaintenance(try named(), who: who)
        case .pin: return .pin(try named(), order)
        case .unpin: return .unpin(who: who)
        case .freeze: return .freeze(order)
        case .unfreeze: return .unfreeze(who: who)
        case .push: return .push(who: who)
        case .failBack: return .failBack(who: who)
        case .endPretence: return .endPretence(try named(), who: who)
        case .pretend:
            guard let health else {
                throw OrderProblem("“health” is missing: give ok, warn, fail or unknown", isIncomplete: true)
            }
            return .pretend(try named(), health, order)
        }
    }

    private func named() throws(OrderProblem) -> ServerName {
        guard let server, !server.isEmpty else {
            throw OrderProblem("“server” is missing: give a server's name", isIncomplete: true)
        }
        return ServerName(server)
    }
}

/// Schemes to add: the body of `POST /api/v1/schemes`.
package struct SchemeRequest: Hashable, Sendable, Codable {
    /// As a configuration has them below `schemes`.
    package var document: String
    package var who: String

    package init(document: String, who: String) {
        self.document = document
        self.who = who
    }
}

package struct OrderProblem: Error, CustomStringConvertible {
    package let description: String
    /// It says too little, whatever the state of things; otherwise it cannot be obeyed as things are.
    package let isIncomplete: Bool

    init(_ description: String, isIncomplete: Bool = false) {
        self.description = description
        self.isIncomplete = isIncomplete
    }
}

/// The events of `GET /api/v1/history`, the latest first.
package struct HistoryPage: Hashable, Sendable, Codable {
    package static let schemaName = "dnsconverge.history/1"

    package var schema = Self.schemaName
    package var entries: [HistoryEntry]
    /// What to give as `before` to read on; nil when there is no more.
    package var next: String?

    package init(entries: [HistoryEntry], next: String? = nil) {
        self.entries = entries
        self.next = next
    }
}

/// JSON between the daemon and its clients: times as in RFC 3339, to the millisecond.
package enum ControlJSON {
    package static func encode(_ value: some Encodable, pretty: Bool = false) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(date.formatted(Self.precise))
        }
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        return Array(try encoder.encode(value))
    }

    package static func decode<Value: Decodable>(_ type: Value.Type, from octets: some Sequence<UInt8>) throws -> Value
    {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let text = try decoder.singleValueContainer().decode(String.self)
            guard let date = time(text) else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: decoder.codingPath, debugDescription: "is no time such as 2026-01-31T12:00:00Z"))
            }
            return date
        }
        return try decoder.decode(type, from: Data(octets))
    }

    /// Reads a time; people and other programs leave the fraction out.
    package static func time(_ text: String) -> Date? {
        (try? precise.parse(text)) ?? (try? Date.ISO8601FormatStyle().parse(text))
    }

    private static let precise = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}
