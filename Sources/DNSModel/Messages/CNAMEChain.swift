/// The aliases from a question to the records that answer it, as one message gives them (RFC 1034 §3.6.2, RFC 6672).
package struct CNAMEChain: Sendable, Hashable {
    package struct Link: Sendable, Hashable {
        package let owner: DomainName
        package let type: RecordType
        package let target: DomainName
        package let ttl: TTL

        package init(owner: DomainName, type: RecordType, target: DomainName, ttl: TTL) {
            self.owner = owner
            self.type = type
            self.target = target
            self.ttl = ttl
        }
    }

    package let links: [Link]
    /// The name at the chain's end.
    package let end: DomainName
    /// Whether the chain comes back to a name it has passed.
    package let isLoop: Bool

    package init(links: [Link], end: DomainName, isLoop: Bool = false) {
        self.links = links
        self.end = end
        self.isLoop = isLoop
    }

    /// Many times as many links as any resolver follows: longer chains are made to keep somebody busy.
    private static let limit = 128

    /// Follows the aliases among `records` from `question`, as far as anybody would. A question for CNAME (or DNAME)
    /// itself has no chain.
    package init(from question: Question, in records: [Record]) {
        var links: [Link] = []
        var name = question.name
        var seen: Set<DomainName> = [name]
        while question.type != .cname, links.count < Self.limit, let link = Self.link(from: name, in: records) {
            links.append(link)
            name = link.target
            guard seen.insert(name).inserted else {
                self.init(links: links, end: name, isLoop: true)
                return
            }
        }
        self.init(links: links, end: name)
    }

    private static func link(from name: DomainName, in records: [Record]) -> Link? {
        for record in records where record.type == .cname && record.owner == name {
            guard let target = record.data.name else { continue }
            return Link(owner: name, type: .cname, target: target, ttl: record.ttl)
        }
        for record in records where record.type == .dname {
            guard let suffix = record.data.name, let target = name.replacing(suffix: record.owner, with: suffix)
            else { continue }
            return Link(owner: record.owner, type: .dname, target: target, ttl: record.ttl)
        }
        return nil
    }
}
