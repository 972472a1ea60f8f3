import DNSModel
import Wire

/// Asks for a URL again and again as long as the engine lives: whoever runs the URL notices when it does no longer.
package struct DeadManSwitch<C: Clock>: Sendable where C.Duration == Duration {
    private let settings: DeadManSettings
    private let network: Network
    private let clock: C

    package init(_ settings: DeadManSettings, network: Network, clock: C = ContinuousClock()) {
        self.settings = settings
        self.network = network
        self.clock = clock
    }

    /// Gives signs of life until the task is cancelled, and none while `isAlive` says no. `report` gets each failure, and
    /// nil after the first success behind one.
    package func run(
        while isAlive: @Sendable () async -> Bool = { true }, report: @Sendable (String?) async -> Void
    ) async {
        var hasFailed = false
        while !Task.isCancelled {
            if await isAlive() {
                let failure = await sign()
                if failure != nil || hasFailed { await report(failure) }
                hasFailed = failure != nil
            }
            do { try await clock.sleep(for: settings.interval) } catch { return }
        }
    }

    private func sign() async -> String? {
        let timeout = min(.seconds(30), settings.interval)
        let request = HTTPRequest(
            .get, settings.url.revealed, headers: [HTTPHeader("User-Agent", "dnsconverge")], timeout: timeout)
        do throws(TransferFailure) {
            let response = try await network.http.send(request)
            return (200..<300).contains(response.status)
                ? nil : "dead_man \(settings.origin): HTTP \(response.status)"
        } catch {
            return "dead_man \(settings.origin): \(error)"
        }
    }
}
