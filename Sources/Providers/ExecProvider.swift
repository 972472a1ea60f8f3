import DNSModel
import Wire

/// A program of the operator's own that publishes records: it reads what is wanted as JSON and writes what there is.
///
/// Its exit code is the verdict: 0 done, 75 later, 78 never like this, 3 somebody else's value is there.
package struct ExecProvider: Provider {
    package static let kind = "exec"
    package let traits: ProviderTraits
    private let command: ExecCommand

    package init?(reading settings: inout SettingReader) {
        let command = ExecCommand(reading: &settings)
        let form = "record types such as A and AAAA"
        var traits = ProviderTraits()
        traits.types = settings.values("types", form: form) { RecordType($0) }.map { Set($0) }
        traits.readsBack = settings.flag("reads_back") ?? true
        traits.comparesAndSets = settings.flag("compares_and_sets") ?? false
        traits.minInterval = settings.duration("min_interval", in: .zero...(.seconds(86_400)))
        traits.settleTime = settings.duration("settle_time", in: .zero...(.seconds(3600))) ?? traits.settleTime
        guard let command else { return nil }
        self.command = command
        self.traits = traits
    }

    package func current(
        _ name: DomainName, _ type: RecordType, over network: Network
    ) async throws(ProviderError) -> PublishedRRset? {
        guard traits.readsBack else { return nil }
        let answer = try await command.run(ExecRequest(reading: name, type))
        guard let values = answer.values else { throw answer.unintelligible("no values") }
        return PublishedRRset(values: values, ttl: answer.ttl)
    }

    package func apply(_ changes: [RRsetChange], over network: Network) async -> [ProviderOutcome] {
        await outcomes(for: changes) { changes in
            var outcomes: [ProviderOutcome] = []
            for change in changes {
                do throws(ProviderError) {
                    outcomes.append(.success(try await apply(change)))
                } catch {
                    outcomes.append(.failure(error))
                }
            }
            return outcomes
        }
    }

    private func apply(_ change: RRsetChange) async throws(ProviderError) -> ProviderReply {
        let answer = try await command.run(ExecRequest(change))
        guard answer.values == nil || answer.values == change.new else {
            let found = answer.values ?? []
            let shown = found.isEmpty ? "nothing" : found.sorted().map(\.text).joined(separator: " ")
            let message =
                "\(command.program) says that \(change.name) \(change.type) is now \(shown), which nobody asked for"
            throw .conflict(message, found: found, reply: answer.text)
        }
        return ProviderReply(answer.text, values: answer.values, isUnchanged: answer.changed == false)
    }
}
