import DNSModel
import Wire

/// Any service whose interface can be told by a template: a ready one, or one of the configuration's own.
package struct TemplateProvider: Provider {
    package static let kind = "http"
    package let traits: ProviderTraits
    private let template: ServiceTemplate
    private let service: HTTPService
    private let zone: DomainName?
    /// What is the same in all requests.
    private let commonValues: RequestValues
    /// How what the service does is waited for.
    var polling: Polling

    package init?(reading settings: inout SettingReader) {
        guard let template = ServiceTemplate.chosen(reading: &settings) else {
            // Which other settings there may be depends on the template.
            for key in settings.keys { _ = settings.node(key) }
            return nil
        }
        let fields = TemplateFields(of: template, reading: &settings)
        let service = HTTPService(
            template.words, base: template.base, login: .none, otherSecrets: fields?.secrets ?? [], reading: &settings)
        guard let fields, let service else { return nil }
        self.template = template
        self.service = service
        zone = fields.zone
        commonValues = fields.values
        polling = Polling(limit: template.poll?.limit ?? .zero)
        traits = fields.traits
    }

    package func current(
        _ name: DomainName, _ type: RecordType, over network: Network
    ) async throws(ProviderError) -> PublishedRRset? {
        let values = try values(for: name, type)
        guard let found = try await look(for: name, type, with: values, over: network) else { return nil }
        return PublishedRRset(values: found.values, ttl: found.ttl)
    }

    package func apply(_ changes: [RRsetChange], over network: Network) async -> [ProviderOutcome] {
        await outcomes(for: changes) { changes in
            var outcomes: [ProviderOutcome] = []
            for change in changes {
                do throws(ProviderError) {
                    outcomes.append(.success(try await apply(change, after: nil, over: network)))
                } catch {
                    outcomes.append(.failure(error))
                }
            }
            return outcomes
        }
    }

    /// What the service had when it knew nothing of a record, and how it said so.
    private struct Absence {
        let found: FoundRRset
        let error: ProviderError
    }

    /// Looks where it can, then sends what makes the change. A record that is gone by then (404) is looked for once more:
    /// only when something has changed in between is there anything more to do.
    private func apply(
        _ change: RRsetChange, after absence: Absence?, over network: Network
    ) async throws(ProviderError) -> ProviderReply {
        let values = try values(for: change.name, change.type)
        let found = try await look(for: change.name, change.type, with: values, over: network)
        if let absence, absence.found == found { throw absence.error }
        if let found {
            if let old = change.old, found.values != old, found.values != change.new {
                throw .foreign(change, found: found.values)
            }
            if found.values == change.new, change.ttl == nil || change.ttl == found.ttl || change.new.isEmpty {
                return ProviderReply("has it already", values: change.new, isUnchanged: true)
            }
        }
        var replies: [ServiceReply] = []
        for (call, values) in template.calls(for: change, found: found, with: values) {
            let reply = try await service.send(template.filled(call, values), over: network)
            do throws(ProviderError) {
                try template.check(reply, of: change)
            } catch {
                guard reply.status == 404, absence == nil, let found, !found.records.isEmpty else { throw error }
                return try await apply(change, after: Absence(found: found, error: error), over: network)
            }
            try await finish(reply, with: values, over: network)
            replies.append(reply)
        }
        let saysUnchanged = replies.allSatisfy { template.saysUnchanged($0) }
        let text = replies.map(\.text).joined(separator: ", ")
        return ProviderReply(text, values: found == nil ? nil : change.new, isUnchanged: saysUnchanged)
    }

    /// What the service has; nil when the template has no way to ask.
    private func look(
        for name: DomainName, _ type: RecordType, with values: RequestValues, over network: Network
    ) async throws(ProviderError) -> FoundRRset? {
        guard let lookup = template.lookup else { return nil }
        let call = ServiceTemplate.Call(method: .get, path: lookup.path)
        let reply = try await service.send(template.filled(call, values, changes: false), over: network)
        if lookup.absent.contains(where: { $0.matches(reply) }) { return FoundRRset() }
        try template.check(reply, of: nil, subject: "the record \(name) \(type)")
        guard let found = lookup.found(in: try reply.json(), type: type, with: values) else {
            throw reply.unintelligible("something else than the record \(name) \(type)")
        }
        return found
    }

    /// Waits until the service has done what it was told to, where it tells.
    private func finish(
        _ reply: ServiceReply, with values: RequestValues, over network: Network
    ) async throws(ProviderError) {
        guard let poll = template.poll, let document = try? JSONNode(parsing: reply.body),
            let id = document.at(pointer: poll.id)?.scalarText
        else { return }
        if let outcome = poll.outcome(of: reply, name: template.name) { return try outcome.get() }
        var values = values
        values[.pollID] = id
        let call = template.filled(.init(method: .get, path: poll.path), values, changes: false)
        let outcome = await polling.answer { () async -> Result<Void, ProviderError>? in
            guard let reply = try? await service.send(call, over: network) else { return nil }
            return poll.outcome(of: reply, name: template.name)
        }
        guard let outcome else {
            let limit = polling.limit.settingText
            throw .uncertain("\(template.name) took the change and was not done with it after \(limit): \(reply.text)")
        }
        try outcome.get()
    }

    private func values(for name: DomainName, _ type: RecordType) throws(ProviderError) -> RequestValues {
        var values = commonValues
        values[.fqdn] = name.description
        values[.type] = type.description
        values[.parameter] = template.parameters[type] ?? ""
        guard let zone else { return values }
        guard name.isSubdomain(of: zone) else {
            throw .permanent("\(name) is not in the zone \(zone); check zone")
        }
        let labels = name.labelCount - zone.labelCount
        values[.subname] = labels == 0 ? "" : name.prefix(labels)
        values[.sub] = labels == 0 ? template.apex : values[.subname]
        return values
    }
}

extension DomainName {
    /// The first labels, as text.
    fileprivate func prefix(_ count: Int) -> String {
        (try? DomainName(labels: labels.prefix(count).map(Array.init)))?.description ?? ""
    }
}

extension TemplatePoll {
    /// How it ended, if it did.
    func outcome(of reply: ServiceReply, name: String) -> Result<Void, ProviderError>? {
        guard reply.isSuccess, let state = try? JSONNode(parsing: reply.body).at(pointer: state)?.scalarText else {
            return nil
        }
        if done.contains(state) { return .success(()) }
        guard failed.contains(state) else { return nil }
        return .failure(.temporary("\(name) took the change and then failed to make it", reply: reply.text))
    }
}
