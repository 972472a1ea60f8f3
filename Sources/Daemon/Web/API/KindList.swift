import Failover
import Providers

/// What kinds of providers and checks there are.
struct KindList: Encodable, Sendable {
    let providers: [String]
    let checks: [String]

    static let all = KindList(
        providers: Providers.kinds.map { $0.kind }, checks: HealthChecks.kinds.map { $0.kind })
}
