import DNSModel

/// All kinds of checks.
package enum HealthChecks {
    package static let kinds: [any HealthCheck.Type] = [
        UncheckedCheck.self
    ]

    static func kind(_ name: String) -> (any HealthCheck.Type)? { kinds.first { $0.kind == name } }
}
