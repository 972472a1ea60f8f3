import DNSModel
import Glibc
import Providers
import Wire

/// The one place through which every change of a record goes out.
package struct Publisher: Sendable {
    private let network: Network
    private let gatekeeper: any Gatekeeper
    private let crashPoints: CrashPoints
    /// Which engine writes, for services that keep it.
    private let owner: String
    private let meter: @Sendable (ProviderCall) async -> Void

    /// `meter` is told of each call of a provider.
    package init(
        network: Network, gatekeeper: any Gatekeeper = OpenGate(), owner: String = Publisher.ownName,
        crashPoints: CrashPoints = .fromEnvironment, meter: @escaping @Sendable (ProviderCall) async -> Void = { _ in }
    ) {
        self.network = network
        self.gatekeeper = gatekeeper
        self.owner = owner
        self.crashPoints = crashPoints
        self.meter = meter
    }

    /// `dnsconverge@host`
    package static var ownName: String {
        var host = [CChar](repeating: 0, count: 256)
        guard gethostname(&host, host.count - 1) == 0 else { return "dnsconverge" }
        return "dnsconverge@" + String(decoding: host.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Runs the hooks, calls the provider and says what came of it. The intent must be in the journal by then.
    package func publish(_ plan: ChangePlan, by provider: any Provider, hooks: any ChangeHooks) async -> PublishOutcome
    {
        crashPoints.reach(.afterIntent)
        if let refusal = await gatekeeper.refusal(of: plan) { return .vetoed(refusal) }
        if let veto = await hooks.veto(plan) { return .vetoed(veto) }
        crashPoints.reach(.beforeCall)
        let begin = ContinuousClock.now
        let outcomes = await provider.apply(plan.changes.map { signed($0, plan) }, over: network)
        crashPoints.reach(.afterCall)
        let duration = begin.duration(to: .now)
        await meter(ProviderCall(kind: type(of: provider).kind, duration: duration, outcomes: outcomes))
        return .answered(outcomes)
    }

    private func signed(_ change: RRsetChange, _ plan: ChangePlan) -> RRsetChange {
        var change = change
        change.origin = ChangeOrigin(scheme: plan.scheme, number: plan.number, owner: owner)
        return change
    }

    /// What the provider has by its own interface, in words; nil when it has said so already or has no such interface.
    package func readBack(
        _ plan: ChangePlan, after outcome: PublishOutcome, by provider: any Provider
    ) async -> String? {
        guard provider.traits.readsBack, case .answered(let outcomes) = outcome else { return nil }
        var words: [String] = []
        for (change, outcome) in zip(plan.changes, outcomes) {
            guard case .success(let reply) = outcome, reply.values == nil else { continue }
            do throws(ProviderError) {
                guard let found = try await provider.current(change.name, change.type, over: network) else { continue }
                let isRight = found.isHidden || found.values == change.new
                let values = found.values.isEmpty ? "none" : found.values.texts.joined(separator: ", ")
                words.append("\(change.type) \(values)" + (isRight ? "" : ", which is not what was sent"))
            } catch {
                words.append("\(change.type) could not be read: \(error.summary)")
            }
        }
        return words.isEmpty ? nil : "the provider has " + words.joined(separator: "; ")
    }
}

/// A call of a provider, as it is measured.
package struct ProviderCall: Sendable {
    package let kind: String
    package let duration: Duration
    package let outcomes: [ProviderOutcome]

    package init(kind: String, duration: Duration, outcomes: [ProviderOutcome]) {
        self.kind = kind
        self.duration = duration
        self.outcomes = outcomes
    }
}

/// Decides whether this process may change records now.
package protocol Gatekeeper: Sendable {
    /// Why it may not; nil when it may.
    func refusal(of plan: ChangePlan) async -> String?
}

package struct OpenGate: Gatekeeper {
    package init() {}
    package func refusal(of plan: ChangePlan) -> String? { nil }
}

/// For an engine that only watches: it decides and notes, and changes nothing.
package struct ClosedGate: Gatekeeper {
    private let reason: String

    package init(_ reason: String) {
        self.reason = reason
    }

    package func refusal(of plan: ChangePlan) -> String? { reason }
}

/// The programs that are told of a scheme's changes, and may forbid one.
package protocol ChangeHooks: Sendable {
    /// Why a change must not be made; nil when it may.
    func veto(_ plan: ChangePlan) async -> String?
    func published(_ plan: ChangePlan, _ outcome: PublishOutcome) async
    func spread(_ plan: ChangePlan, _ spread: Spread) async
}

package struct NoHooks: ChangeHooks {
    package init() {}
    package func veto(_ plan: ChangePlan) -> String? { nil }
    package func published(_ plan: ChangePlan, _ outcome: PublishOutcome) {}
    package func spread(_ plan: ChangePlan, _ spread: Spread) {}
}
