import DNSModel

// Following the name: into zones below, and along aliases.
extension AuthoritativeSurvey {
    private static let chainLimit = 16

    /// Goes down where the server refers to a zone below, or on where the name is an alias.
    mutating func follow(_ response: Response, _ errand: Errand, _ delegation: Delegation) -> [Action] {
        let question = visits[errand.visit].question
        if let below = delegation.referral(in: response, towards: question.name) {
            return enter(below, visit: errand.visit)
        }
        let chain = CNAMEChain(from: question, in: response.answer)
        guard response.isAuthoritative, !visits[errand.visit].isFollowed, !chain.isLoop, let last = chain.links.last
        else { return [] }
        visits[errand.visit].isFollowed = true
        if let outside = chain.links.first(where: { !$0.target.isSubdomain(of: delegation.apex) }) {
            return visit(outside.target, type: question.type)
        }
        // Where there is no such record, the SOA beside the aliases names the zone that says so (RFC 2308 §2.1).
        if response.authority.contains(where: { $0.type == .soa && $0.owner == delegation.apex }) { return [] }
        guard response.hasRecord(of: question.type, at: last.target) else {
            return visit(last.target, type: question.type)
        }
        // The server has answered for the target too. Only where it holds a zone below as well is there more to ask.
        let cuts = last.target.ancestors(below: delegation.apex).map {
            Probe.hiddenCutAbove(target: last.target, at: $0)
        }
        return ask(cuts, of: [errand.endpoint], visit: errand.visit)
    }

    /// Asks the zone of a name that an alias leads to.
    mutating func visit(_ name: DomainName, type: RecordType) -> [Action] {
        guard visits.count < Self.chainLimit, !visits.contains(where: { $0.question.name == name }) else { return [] }
        let question = Question(name, type)
        visits.append(Visit(question: question))
        return [.walk(visit: visits.count - 1, question)]
    }
}

extension Response {
    /// Whether a server says that a zone begins at `name`.
    func isApex(_ name: DomainName) -> Bool {
        isAuthoritative && hasRecord(of: .soa, at: name)
    }

    fileprivate func hasRecord(of type: RecordType, at name: DomainName) -> Bool {
        answer.contains { $0.type == type && $0.owner == name }
    }
}

extension DomainName {
    /// The name and those above it that lie below `apex`, longest first.
    func ancestors(below apex: DomainName) -> [DomainName] {
        stride(from: labelCount, to: apex.labelCount, by: -1).map(suffix)
    }
}
