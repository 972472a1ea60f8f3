import DNSModel

/// Asks an okerr project how its indicators are. All who ask within a moment share one request.
package actor OkerrReader {
    package nonisolated let settings: OkerrSettings

    private typealias Names = Result<Set<String>, OkerrError>

    private let clock = ContinuousClock()
    private var server: (url: String, expires: ContinuousClock.Instant)?
    private var eligible: (names: Set<String>, asked: ContinuousClock.Instant)?
    private var asking: Task<Names, Never>?

    /// How long the director's word is believed, as okerr's own client does.
    private static let serverMemory = Duration.seconds(300)

    package init(_ settings: OkerrSettings) {
        self.settings = settings
    }

    /// The names of all indicators that are OK and neither in maintenance, disabled nor a problem, as they were at most
    /// `age` ago.
    package func eligible(
        within age: Duration, over http: HTTPClient, timeout: Duration
    ) async throws(OkerrError) -> Set<String> {
        if let eligible, eligible.asked.duration(to: clock.now) < age { return eligible.names }
        if let asking { return try await asking.value.get() }
        // Not a child of this caller: others wait for it too, and it ends by its own timeout.
        let task = Task { await askEligible(over: http, timeout: timeout) }
        asking = task
        let result = await task.value
        return try result.get()
    }

    private func askEligible(over http: HTTPClient, timeout: Duration) async -> Names {
        let asked = clock.now
        defer { asking = nil }
        do throws(OkerrError) {
            let response = try await read(over: http, timeout: timeout) { [settings] server in
                OkerrServer.eligibleRequest(to: server, settings, timeout: timeout)
            }
            guard response.status == 200 else { throw OkerrServer.readingRefusal(response, settings) }
            let names = OkerrServer.names(in: response)
            eligible = (names, asked)
            return .success(names)
        } catch {
            return .failure(error)
        }
    }

    /// Forgets what it knows of indicators, because okerr has said that one has changed.
    package func forget() {
        eligible = nil
    }

    /// One indicator in full; nil when the project has none of that name.
    package func state(
        of name: String, over http: HTTPClient, timeout: Duration
    ) async throws(OkerrError) -> OkerrState? {
        let response = try await read(over: http, timeout: timeout) { [settings] server in
            OkerrServer.indicatorRequest(name, to: server, settings, timeout: timeout)
        }
        if response.status == 404 { return nil }
        guard response.status == 200 else { throw OkerrServer.readingRefusal(response, settings) }
        guard let state = OkerrState(json: response.body) else {
            throw .refused("the server of project \(settings.textid) gave no indicator for \(name): check url")
        }
        return state
    }

    /// Sends a request to the project's server, and again to its new one when it has moved since the director was asked.
    private func read(
        over http: HTTPClient, timeout: Duration, _ request: @Sendable (String) -> HTTPRequest
    ) async throws(OkerrError) -> HTTPResponse {
        let isRemembered = server != nil
        let response = try await send(request(try await currentServer(over: http, timeout: timeout)), over: http)
        guard isRemembered, (300..<400).contains(response.status) else { return response }
        server = nil
        return try await send(request(try await currentServer(over: http, timeout: timeout)), over: http)
    }

    private func currentServer(over http: HTTPClient, timeout: Duration) async throws(OkerrError) -> String {
        if settings.isDirect { return settings.url }
        if let server, clock.now < server.expires { return server.url }
        let response = try await send(OkerrServer.directorRequest(settings, timeout: timeout), over: http)
        let url = try OkerrServer.server(in: response, settings)
        server = (url, clock.now.advanced(by: Self.serverMemory))
        return url
    }

    private func send(_ request: HTTPRequest, over http: HTTPClient) async throws(OkerrError) -> HTTPResponse {
        do {
            return try await http.send(request)
        } catch .cancelled {
            throw .cancelled
        } catch {
            throw .unreachable("\(request.host) could not be asked: \(error)")
        }
    }
}
