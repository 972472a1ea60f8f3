import FoundationEssentials

extension Finding {
    /// RRSIG records that do not hold now, as authoritative servers hand them out (RFC 4034 §3.1.5).
    static func signatures(_ judgement: Judgement) -> [Finding] {
        let now = UInt32(truncatingIfNeeded: Int(judgement.evidence.now.timeIntervalSince1970))
        return judgement.askedAuthoritative.flatMap { judged -> [Finding] in
            let answer = judged.samples.last?.sample.response?.answer ?? []
            let subject = judged.server.labelAndEndpoint
            return answer.compactMap { record in
                SignatureSpan(record.data).flatMap { finding($0, of: record.owner, subject, now: now) }
            }
        }
    }

    private static func finding(
        _ span: SignatureSpan, of owner: DomainName, _ subject: String, now: UInt32
    ) -> Finding? {
        if SOASerial(now).isNewer(than: SOASerial(span.expiration)) {
            return Finding(
                code: "signature-expired", severity: .critical, subject: subject,
                detail: "the signature of \(owner) \(span.covered) expired "
                    + "\(ShortTime(Int(now &- span.expiration))) ago",
                advice: "sign the zone again, and make sure that this server gets the new version")
        }
        guard SOASerial(span.inception).isNewer(than: SOASerial(now)) else { return nil }
        return Finding(
            code: "signature-not-yet-valid", severity: .critical, subject: subject,
            detail: "the signature of \(owner) \(span.covered) becomes valid in "
                + "\(ShortTime(Int(span.inception &- now)))",
            advice: "check the clock of the signer, and of this machine")
    }
}

/// When an RRSIG record's signature holds, in seconds of serial arithmetic (RFC 4034 §3.1).
package struct SignatureSpan: Sendable, Hashable {
    package let covered: RecordType
    package let expiration: UInt32
    package let inception: UInt32

    /// Nil for another type, or when the fields are not all there.
    package init?(_ data: RecordData) {
        guard data.type == .rrsig, data.octets.count > 18 else { return nil }
        func number(_ range: Range<Int>) -> UInt32 { data.octets[range].reduce(0) { $0 << 8 | UInt32($1) } }
        covered = RecordType(rawValue: UInt16(number(0..<2)))
        expiration = number(8..<12)
        inception = number(12..<16)
    }
}
