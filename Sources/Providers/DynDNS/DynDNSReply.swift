import DNSModel

/// The line with which a service of the dyndns2 protocol answers for one name: a word, and perhaps the addresses that it
/// has now, behind blanks, bars or commas.
struct DynDNSReply {
    let word: String
    let addresses: Set<RecordData>

    init(body: String) {
        let line = body.split(whereSeparator: \.isNewline).lazy
            .map { $0.split { $0 == " " || $0 == "\t" || $0 == "|" || $0 == "," } }
            .first { !$0.isEmpty }
        word = line?.first.map(String.init) ?? ""
        addresses = Set((line ?? []).dropFirst().compactMap { IPAddress($0).map { RecordData($0) } })
    }
}

extension ServiceReply {
    /// What a reply in the dyndns2 protocol means for `changes` that went together.
    ///
    /// An address that comes back and was not asked for is a failure: services have published another than they were given.
    func dynDNSOutcome(of changes: [RRsetChange]) -> ProviderOutcome {
        let wanted = changes.reduce(into: Set<RecordData>()) { $0.formUnion($1.new) }
        let subject = "the record \(changes.first?.name.description ?? "")"
        let reply = DynDNSReply(body: String(decoding: body, as: UTF8.self))
        switch DynDNSWord(reply.word) {
        case .refused(let reason)?:
            return .failure(.permanent("\(name) \(reason) (\(reply.word), \(subject))", reply: text))
        case .later(let reason, let wait)?:
            let wait = max(wait, retryAfter ?? .zero)
            return .failure(.temporary("\(name) \(reason) (\(reply.word))", reply: text, retryAfter: wait))
        case .accepted(let isUnchanged)? where isSuccess:
            guard reply.addresses.isSubset(of: wanted) else {
                let found = reply.addresses.texts.joined(separator: " ")
                let message = "\(name) says that it has set \(subject) to \(found), which nobody asked for"
                return .failure(.conflict(message, found: reply.addresses, reply: text))
            }
            let values = reply.addresses == wanted ? wanted : nil
            return .success(ProviderReply(text, values: values, isUnchanged: isUnchanged))
        case .accepted, nil:
            return .failure(isSuccess ? unintelligible("a word that the protocol does not have") : refusal(of: subject))
        }
    }
}
