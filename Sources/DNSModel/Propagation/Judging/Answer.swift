/// What a response says to its question once the aliases in it are followed. Nil for a response code that is no answer.
package struct Answer: Sendable, Hashable {
    package enum Content: Sendable, Hashable {
        case records(Set<RecordData>)
        case nameError
        case noData
        /// Aliases only: this server does not answer for the target.
        case alias(DomainName)
        /// Aliases that come back to where they have been.
        case loop
    }

    package let content: Content
    package let chain: CNAMEChain
    /// The lowest TTL of the records at the chain's end, or how long their absence may be cached.
    package let ttl: TTL?

    package init?(_ response: Response, to question: Question) {
        guard response.rcode == .noError || response.rcode == .nxDomain else { return nil }
        chain = CNAMEChain(from: question, in: response.answer)
        let end = chain.end
        let records = response.answer.filter { $0.owner == end && $0.type == question.type }
        if chain.isLoop {
            content = .loop
            ttl = nil
        } else if !records.isEmpty {
            content = .records(Set(records.map(\.data)))
            ttl = records.map(\.ttl).min()
        } else if response.rcode == .nxDomain {
            content = .nameError
            ttl = response.negativeTTL
        } else if !chain.links.isEmpty, response.authoritySOA == nil {
            content = .alias(end)
            ttl = nil
        } else {
            content = .noData
            ttl = response.negativeTTL
        }
    }

    /// Empty unless there are records.
    package var values: Set<RecordData> {
        if case .records(let values) = content { values } else { [] }
    }

    /// Whether the answer ends here: the server says what there is, or that there is nothing.
    package var isFinal: Bool {
        switch content {
        case .records, .nameError, .noData: true
        case .alias, .loop: false
        }
    }
}

extension Answer {
    /// The first link that differs from `other`'s; its count of links when the difference lies at the end.
    package func firstDifference(from other: CNAMEChain) -> Int {
        for (index, link) in chain.links.enumerated() {
            guard index < other.links.count, other.links[index].owner == link.owner,
                other.links[index].target == link.target
            else { return index }
        }
        return chain.links.count
    }

    /// The TTL of that link, or of what stands at the chain's end.
    package func ttl(at position: Int) -> TTL? {
        position < chain.links.count ? chain.links[position].ttl : ttl
    }
}
