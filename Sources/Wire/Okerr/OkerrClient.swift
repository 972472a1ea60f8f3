import DNSModel

/// How long one try may take, and how many there are; between them the wait doubles from one second.
package struct OkerrRetry: Sendable {
    package var timeout = Duration.seconds(5)
    package var tries = 5

    package init() {}
}

/// What became of an update.
package enum OkerrOutcome: Hashable, Sendable {
    case sent
    /// The same state was sent less than five minutes ago.
    case unchanged
}

/// Tells an okerr project the states of indicators.
///
/// One that lives long sends a state that has not changed only every five minutes, which is often enough for okerr's
/// shortest patience.
package actor OkerrClient<C: Clock> where C.Duration == Duration {
    private struct LastSent {
        let value: OkerrIndicator.Value
        let time: C.Instant
    }

    private let settings: OkerrSettings
    private let http: HTTPClient
    private let clock: C
    private let retry: OkerrRetry
    private var server: (url: String, expires: C.Instant)?
    private var lastSent: [String: LastSent] = [:]

    private static var memory: Duration { .seconds(300) }

    package init(
        _ settings: OkerrSettings, http: HTTPClient = HTTPClient(), clock: C = ContinuousClock(),
        retry: OkerrRetry = OkerrRetry()
    ) {
        self.settings = settings
        self.http = http
        self.clock = clock
        self.retry = retry
    }

    /// Sends an indicator's state, its name behind the settings' prefix, unless that was done just before.
    @discardableResult
    package func update(_ indicator: OkerrIndicator) async throws(OkerrError) -> OkerrOutcome {
        let indicator = indicator.prefixed(by: settings.prefix)
        guard isDue(indicator) else { return .unchanged }
        let isServerRemembered = server != nil
        var response = try await send(indicator)
        if isServerRemembered, OkerrServer.isElsewhere(response) {
            // The project may have moved since the director was asked.
            server = nil
            response = try await send(indicator)
        }
        if let refusal = OkerrServer.refusal(in: response, of: indicator.name, settings) { throw refusal }
        lastSent[indicator.name] = LastSent(value: indicator.value, time: clock.now)
        return .sent
    }

    /// Numbers change all the time; okerr's own client, too, sends them only every five minutes.
    private func isDue(_ indicator: OkerrIndicator) -> Bool {
        guard let last = lastSent[indicator.name], clock.now < last.time.advanced(by: Self.memory) else { return true }
        if case .number = indicator.value { return false }
        return last.value != indicator.value
    }

    private func send(_ indicator: OkerrIndicator) async throws(OkerrError) -> HTTPResponse {
        let server = try await currentServer()
        return try await send(OkerrServer.updateRequest(indicator, to: server, settings, timeout: retry.timeout))
    }

    private func currentServer() async throws(OkerrError) -> String {
        if settings.isDirect { return settings.url }
        if let server, clock.now < server.expires { return server.url }
        let response = try await send(OkerrServer.directorRequest(settings, timeout: retry.timeout))
        let url = try OkerrServer.server(in: response, settings)
        server = (url, clock.now.advanced(by: Self.memory))
        return url
    }

    /// Sends a request until there is a response that is no passing failure.
    private func send(_ request: HTTPRequest) async throws(OkerrError) -> HTTPResponse {
        var wait = Duration.seconds(1)
        var failure = ""
        for attempt in 1...max(1, retry.tries) {
            do {
                let response = try await http.send(request)
                guard response.isPassingFailure else { return response }
                failure = "answered HTTP \(response.status)"
                wait = max(wait, response.retryAfter ?? wait)
            } catch {
                failure = try Self.reason(error)
            }
            guard attempt < retry.tries else { break }
            do {
                try await clock.sleep(for: wait)
            } catch {
                throw .unreachable("\(request.host) \(failure); given up before another try")
            }
            wait = min(wait * 2, .seconds(30))
        }
        throw .unreachable(
            "\(request.host) \(failure), \(max(1, retry.tries)) times; is it up, and is OKERR_URL right?")
    }

    private static func reason(_ failure: TransferFailure) throws(OkerrError) -> String {
        switch failure {
        case .cancelled: throw .cancelled
        case .libraryMissing, .badRequest: throw .settings(failure.description)
        default: return "could not be asked: \(failure)"
        }
    }
}

extension HTTPResponse {
    /// Whether trying again later may help.
    fileprivate var isPassingFailure: Bool { [429, 500, 502, 503, 504].contains(status) }

    /// How long the server wants to be left alone (RFC 9110 §10.2.3), at most half a minute.
    fileprivate var retryAfter: Duration? {
        header("Retry-After").flatMap { UInt16($0) }.map { .seconds(min($0, 30)) }
    }
}
