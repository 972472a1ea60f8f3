import DNSModel
import FoundationEssentials
import Wire

/// Tells okerr what was found, beside whatever else is done with it.
struct OkerrPush: Sendable {
    private let client: OkerrClient<ContinuousClock>

    /// Throws when okerr is not configured, which is better known before a check than after it.
    init(
        trust: TLSTrust, environment: [String: String] = ProcessInfo.processInfo.environment, files: [String]? = nil
    ) throws {
        do {
            let settings = try OkerrSettings(environment: environment, files: files)
            client = OkerrClient(settings, http: HTTPClient(trust: trust))
        } catch {
            throw CommandFailure("--push-okerr: \(error)")
        }
    }

    /// Sends what the reports say; the first failure, if any.
    func send(_ reports: [PropagationReport]) async -> OkerrError? {
        var failure: OkerrError?
        for indicator in OkerrOutput.indicators(reports) {
            do { try await client.update(indicator) } catch { failure = failure ?? error }
        }
        return failure
    }

    /// Sends reports as they come until there are no more; how sending the last ones failed, if it did.
    func send(_ updates: AsyncStream<[PropagationReport]>) async -> OkerrError? {
        var failure: OkerrError?
        for await reports in updates { failure = await send(reports) }
        return failure
    }
}

extension Task where Failure == Never {
    /// The task's value; the task is cancelled when it takes longer than `limit`.
    func value(within limit: Duration) async -> Success {
        let end = Task<Void, Never> {
            guard (try? await Task<Never, Never>.sleep(for: limit)) != nil else { return }
            cancel()
        }
        defer { end.cancel() }
        return await value
    }
}
