/// A reply, decoded. Immutable and a class, so that thousands of equal answers can share one.
package final class Response: Sendable {
    package let flags: Flags
    package let rcode: ResponseCode
    package let question: Question
    package let answer: [Record]
    package let authority: [Record]
    /// Without the OPT record, which is `edns`.
    package let additional: [Record]
    package let edns: EDNS?

    package init(
        flags: Flags = [.response], rcode: ResponseCode = .noError, question: Question, answer: [Record] = [],
        authority: [Record] = [], additional: [Record] = [], edns: EDNS? = nil
    ) {
        self.flags = flags
        self.rcode = rcode
        self.question = question
        self.answer = answer
        self.authority = authority
        self.additional = additional
        self.edns = edns
    }

    /// The header's flag bits, in their place in the second 16-bit word (RFC 1035 §4.1.1, RFC 4035 §3).
    package struct Flags: OptionSet, Hashable, Sendable {
        package let rawValue: UInt16

        package init(rawValue: UInt16) {
            self.rawValue = rawValue
        }

        package static let response = Flags(rawValue: 0x8000)
        package static let authoritative = Flags(rawValue: 0x0400)
        package static let truncated = Flags(rawValue: 0x0200)
        package static let recursionDesired = Flags(rawValue: 0x0100)
        package static let recursionAvailable = Flags(rawValue: 0x0080)
        package static let authenticData = Flags(rawValue: 0x0020)
        package static let checkingDisabled = Flags(rawValue: 0x0010)

        /// The flags that are set, in dig's spelling: `qr aa rd`.
        package var names: [String] {
            let all: [(Flags, String)] = [
                (.response, "qr"), (.authoritative, "aa"), (.truncated, "tc"), (.recursionDesired, "rd"),
                (.recursionAvailable, "ra"), (.authenticData, "ad"), (.checkingDisabled, "cd"),
            ]
            return all.filter { contains($0.0) }.map(\.1)
        }
    }
}

extension Response {
    package var isAuthoritative: Bool { flags.contains(.authoritative) }

    /// The SOA in AUTHORITY, which says how long a negative answer lives (RFC 2308 §5).
    package var authoritySOA: (record: Record, soa: SOA)? {
        for record in authority {
            if let soa = SOA(record.data) { return (record, soa) }
        }
        return nil
    }

    /// How long this negative answer may be cached: the lesser of the SOA's TTL and its MINIMUM (RFC 2308 §5). From a
    /// cache the TTL has already counted down. Nil without an SOA.
    package var negativeTTL: TTL? {
        authoritySOA.map { min($0.record.ttl, $0.soa.minimum) }
    }

    /// Whether the answer hands the question on to servers of another zone, and whose. An SOA beside the NS records makes
    /// it a negative answer instead (RFC 2308 §2.2).
    package var referral: (cut: DomainName, nameservers: [DomainName])? {
        guard rcode == .noError, !isAuthoritative, answer.isEmpty, authoritySOA == nil,
            let cut = authority.first(where: { $0.type == .ns })?.owner
        else { return nil }
        return (cut, authority.filter { $0.type == .ns && $0.owner == cut }.compactMap(\.data.name))
    }
}
