/// All kinds of checks.
package enum HealthChecks {
    package static let kinds: [any HealthCheck.Type] = [
        HTTPCheck.self, TCPCheck.self, TLSCheck.self, PingCheck.self, DNSCheck.self, ExecCheck.self, OkerrCheck.self,
        HeartbeatCheck.self, AllCheck.self,
        AnyCheck.self, NumberCheck.self, UncheckedCheck.self,
    ]

    static func kind(_ name: String) -> (any HealthCheck.Type)? { kinds.first { $0.kind == name } }
}
