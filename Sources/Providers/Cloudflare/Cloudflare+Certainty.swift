import DNSModel
import Wire

/// What makes sure that a change replaces what was seen: fences, or a look afterwards.
extension Cloudflare {
    /// The fences of names. They are known before the records are read: who has changed those since has renewed them.
    func fences(
        of names: Set<DomainName>, afresh: Bool, over network: Network
    ) async throws(ProviderError) -> [CloudflareFence] {
        var fences: [CloudflareFence] = []
        for name in Set(names.compactMap(CloudflareFence.name(for:))) {
            if !afresh, let known = await memory.fences[name] {
                fences.append(known)
            } else {
                let records = try await records(of: [name], over: network).filter { $0.type == .txt }
                fences.append(CloudflareFence(name: name, ids: records.map(\.id)))
            }
        }
        return fences
    }

    func readBack(
        _ changes: [RRsetChange], after reply: ServiceReply, over network: Network
    ) async -> [ProviderOutcome] {
        do throws(ProviderError) {
            let records = try await records(of: Set(changes.map(\.name)), over: network)
            return changes.map { change in
                let found = Set(records.filter { $0.name == change.name && $0.type == change.type }.map(\.data))
                return found == change.new
                    ? .success(ProviderReply(reply.text, values: found)) : .failure(.overwritten(change, found: found))
            }
        } catch {
            // The service has taken it.
            return changes.map { .success(ProviderReply("\(reply.text); it could not be read back", values: $0.new)) }
        }
    }
}
