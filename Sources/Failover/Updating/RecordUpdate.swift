import DNSModel
import Providers
import Wire

/// One change at a provider, outside any scheme.
package struct RecordUpdate: Sendable {
    package let provider: any Provider
    package let change: RRsetChange
    /// For how long it is tried again when the provider says that it may work later.
    package let patience: Duration

    package init(_ change: RRsetChange, at provider: any Provider, patience: Duration = .seconds(60)) {
        self.provider = provider
        self.change = change
        self.patience = patience
    }

    package var kind: String { type(of: provider).kind }

    /// Why the provider can never take the change; nil when it may.
    package var objection: ProviderError? { provider.traits.objection(to: change, of: kind) }

    /// Calls the provider, again while it fails for the moment and there is time. `onWait` hears why, and for how long.
    package func perform(
        over network: Network, clock: some Clock<Duration> = ContinuousClock(),
        onWait: (ProviderError, Duration) -> Void
    ) async -> ProviderOutcome {
        var pause = Duration.seconds(1)
        var left = patience
        while true {
            guard let outcome = await provider.apply([change], over: network).first else {
                return .failure(.uncertain("\(kind) gave no outcome"))
            }
            guard case .failure(let error) = outcome, case .temporary(_, _, let retryAfter) = error else {
                return outcome
            }
            let wait = max(pause, retryAfter ?? .zero)
            guard wait <= left else { return outcome }
            onWait(error, wait)
            guard (try? await clock.sleep(for: wait)) != nil else { return outcome }
            left -= wait
            pause = min(pause * 2, .seconds(15))
        }
    }
}
