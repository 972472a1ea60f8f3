import DNSModel
import Wire

/// Any service with an HTTP interface, by a recipe: a template of ours, or one in the configuration.
package struct DeclaredHTTP: Provider {
    package static let kind = "http"
    package let traits: ProviderTraits
    private let recipe: HTTPRecipe
    private let service: HTTPService
    private let values: RecipeValues
    private let clock: any Clock<Duration>

    package init?(reading settings: inout SettingReader) {
        self.init(reading: &settings, clock: ContinuousClock())
    }

    init?(reading settings: inout SettingReader, clock: some Clock<Duration>) {
        self.clock = clock
        let token = settings.secret("token")
        let recipe = HTTPRecipe.read(&settings)
        let zone = settings.domainName("zone")
        let user = settings.text("user")
        values = RecipeValues(zone: zone ?? recipe?.zone, user: user, token: token)
        guard let recipe else {
            _ = (settings.node("url"), settings.node("timeout"))
            return nil
        }
        let isComplete = recipe.noteMissing(values, in: &settings)
        let words = ServiceWords(
            name: recipe.name, credential: "the token", credentialAdvice: "give one that may edit the zone",
            absenceAdvice: "check zone and url")
        let service = HTTPService(
            words, base: recipe.base, login: .none, otherSecrets: token.map { [$0] } ?? [], reading: &settings)
        guard let service, isComplete else { return nil }
        (self.recipe, self.service) = (recipe, service)
        var traits = ProviderTraits()
        traits.readsBack = recipe.lookup != nil
        traits.types = recipe.types
        traits.takesSeveralValues = recipe.takesSeveralValues
        traits.createsAndDeletes = recipe.delete != nil
        traits.ttls = recipe.ttls
        traits.minInterval = recipe.minInterval
        self.traits = traits
    }

    package func current(
        _ name: DomainName, _ type: RecordType, over network: Network
    ) async throws(ProviderError) -> PublishedRRset? {
        guard let records = try await records(of: name, type, over: network) else { return nil }
        return PublishedRRset(values: Set(records.map(\.data)), ttl: records.compactMap(\.ttl).min())
    }

    package func apply(_ changes: [RRsetChange], over network: Network) async -> [ProviderOutcome] {
        await outcomes(for: changes) { changes in
            var outcomes: [ProviderOutcome] = []
            for change in changes {
                do throws(ProviderError) {
                    outcomes.append(.success(try await apply(change, over: network)))
                } catch {
                    outcomes.append(.failure(error))
                }
            }
            return outcomes
        }
    }

    private func apply(_ change: RRsetChange, over network: Network) async throws(ProviderError) -> ProviderReply {
        if let zone = values.zone, !change.name.isSubdomain(of: zone) {
            throw .permanent("\(change.name) is not in the zone \(zone); check zone")
        }
        let found = try await records(of: change.name, change.type, over: network)
        if let found, let old = change.old {
            let data = Set(found.map(\.data))
            if data != old, data != change.new { throw .foreign(change, found: data) }
        }
        let steps = try RecipeSteps(change, found: found, recipe: recipe, values: values)
        var texts: [String] = []
        var isUnchanged = true
        for step in steps.calls {
            let reply = try await send(step.call, step.values, over: network)
            try checkEcho(reply, of: change)
            texts.append(reply.text)
            isUnchanged = isUnchanged && recipe.unchanged?.matches(reply) == true
            if let poll = recipe.poll { texts.append(try await state(poll, reply, step.values, over: network)) }
        }
        guard !texts.isEmpty else { return ProviderReply("has it already", values: change.new, isUnchanged: true) }
        return ProviderReply(
            texts.joined(separator: "; "), values: found == nil ? nil : change.new, isUnchanged: isUnchanged)
    }

    /// Throws when the service has published another address than it was given.
    private func checkEcho(_ reply: ServiceReply, of change: RRsetChange) throws(ProviderError) {
        guard recipe.echoes else { return }
        let words = reply.lines.flatMap { $0.split(separator: " ") }
        let echoed = Set(words.compactMap { IPAddress($0).map { RecordData($0) } }.filter { $0.type == change.type })
        guard echoed.isSubset(of: change.new) else {
            let found = echoed.texts.joined(separator: " ")
            let message = "\(recipe.name) says that it has set \(change.name) to \(found), which nobody asked for"
            throw .conflict(message, found: echoed, reply: reply.text)
        }
    }

    /// What the service has; nil when it has no way to tell.
    private func records(
        of name: DomainName, _ type: RecordType, over network: Network
    ) async throws(ProviderError) -> [RecipeRecord]? {
        guard let lookup = recipe.lookup else { return nil }
        let values = values.of(name, type)
        var call = ServiceCall.reading(lookup.path.filled(values, for: .url))
        call.headers = headers(values)
        let reply = try await service.send(call, over: network)
        // There is no such RRset. Whether there is such a zone shows when something is written.
        if reply.status == 404 { return [] }
        guard reply.isSuccess else { throw refusal(reply, of: "\(name) \(type)") }
        guard let records = lookup.records(in: try reply.json(), of: type, values) else {
            throw reply.unintelligible("something else than records")
        }
        return records
    }

    private func send(
        _ call: HTTPRecipe.Call, _ values: [Placeholder: String], over network: Network
    ) async throws(ProviderError) -> ServiceReply {
        var request = ServiceCall.changing(call.method, call.path.filled(values, for: .url))
        request.headers = headers(values)
        switch call.body {
        case .none: break
        case .json(let text):
            request.headers.append(HTTPHeader("Content-Type", "application/json"))
            request.body = Array(text.filled(values, for: .json).utf8)
        case .form(let text):
            request.headers.append(HTTPForm.contentType)
            request.body = Array(text.filled(values, for: .form).utf8)
        }
        let reply = try await service.send(request, over: network)
        let subject = "\(values[.fqdn] ?? "") \(values[.type] ?? "")"
        let isDecided = (recipe.fatal + recipe.temporary).contains { $0.matches(reply) }
        guard reply.isSuccess || !recipe.ok.statuses.isEmpty, recipe.ok.matches(reply), !isDecided else {
            throw refusal(reply, of: subject)
        }
        if recipe.speaksJSON, !reply.body.isEmpty { _ = try reply.json() }
        return reply
    }

    private func refusal(_ reply: ServiceReply, of subject: String) -> ProviderError {
        let wait = reply.retryAfter ?? recipe.retryAfter.flatMap { reply.retryAfter(in: $0) }
        if recipe.fatal.contains(where: { $0.matches(reply) }) {
            return .permanent("\(recipe.name) refused \(subject)", reply: reply.text)
        }
        if recipe.temporary.contains(where: { $0.matches(reply) }) {
            return .temporary("\(recipe.name) does not take it now", reply: reply.text, retryAfter: wait)
        }
        guard !reply.isSuccess else { return reply.unintelligible("something that is no success") }
        guard case .temporary(let message, let text, nil) = reply.refusal(of: subject) else {
            return reply.refusal(of: subject)
        }
        return .temporary(message, reply: text, retryAfter: wait)
    }

    /// Asks until a change that is under way is made, or the time for it is over; its last state.
    private func state(
        _ poll: HTTPRecipe.Poll, _ reply: ServiceReply, _ values: [Placeholder: String], over network: Network
    ) async throws(ProviderError) -> String {
        var (reply, document) = (reply, try reply.json())
        guard let identifier = document.at(pointer: poll.identifier)?.scalarText else { return "done" }
        var values = values
        values[.actionID] = identifier
        var call = ServiceCall.reading(poll.path.filled(values, for: .url))
        call.headers = headers(values)
        var pause = Duration.milliseconds(200)
        var waited = Duration.zero
        while true {
            let state = document.at(pointer: poll.state)?.scalarText ?? "unknown"
            if poll.failed.contains(state) {
                let message = "\(recipe.name) took the change and then failed to make it (\(state))"
                throw .temporary(message, reply: reply.text)
            }
            guard !poll.done.contains(state), waited < poll.limit else { return state }
            do { try await clock.sleep(for: pause) } catch { return state }
            (waited, pause) = (waited + pause, min(pause * 2, .seconds(5)))
            // A question that fails changes nothing about the change: ask again.
            guard let next = try? await service.send(call, over: network), next.isSuccess else { continue }
            (reply, document) = (next, (try? next.json()) ?? document)
        }
    }

    private func headers(_ values: [Placeholder: String]) -> [HTTPHeader] {
        recipe.headers.sorted { $0.key < $1.key }.map { HTTPHeader($0.key, $0.value.filled(values, for: .plain)) }
    }
}
