import FoundationEssentials

/// How an indicator is, as okerr tells it at `/api/indicator`.
package struct OkerrState: Hashable, Sendable {
    /// `OK` or `ERR`.
    package let isOK: Bool
    package let details: String
    package let isInMaintenance: Bool
    /// Switched off: its status is frozen.
    package let isDisabled: Bool
    /// Set up wrongly: its status is frozen.
    package let hasProblem: Bool
    package let updated: Date?
    /// When okerr wants to hear of it again, and how long it then still waits.
    package let expected: Date?
    package let patience: Duration

    /// Nil for what is no indicator.
    package init?(json bytes: some Collection<UInt8>) {
        guard let document = try? JSONNode(parsing: bytes), case .object(let members) = document.value else {
            return nil
        }
        func value(_ key: String) -> JSONNode.Value? { members.first { $0.key == key }?.node.value }
        func number(_ key: String) -> Double? {
            if case .number(let number)? = value(key), number.isFinite { number } else { nil }
        }
        func isSet(_ key: String) -> Bool {
            switch value(key) {
            case .bool(let flag): flag
            case .number(let number): number != 0
            case .string(let text): !text.isEmpty
            default: false
            }
        }
        guard case .string(let status)? = value("status"), ["OK", "ERR"].contains(status) else { return nil }
        isOK = status == "OK"
        if case .string(let text)? = value("details") { details = text } else { details = "" }
        isInMaintenance = isSet("maintenance")
        isDisabled = isSet("disabled")
        hasProblem = isSet("problem")
        updated = number("updated").map { Date(timeIntervalSince1970: $0) }
        expected = number("expected").map { Date(timeIntervalSince1970: $0) }
        patience = .seconds(min(max(0, number("patience") ?? 0), 1e7))
    }

    /// Whether okerr should have heard of the indicator and has neither noted that nor given up, as when its own
    /// processes have stopped. A minute is given for them to get round to it.
    package func isOverdue(at now: Date) -> Bool {
        expected.map { $0.addingTimeInterval(patience.seconds + 60) < now } ?? false
    }
}
