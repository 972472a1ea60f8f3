extension Finding {
    /// Operators that do not keep to the TTLs that the zone publishes.
    static func timesToLive(_ judgement: Judgement) -> [Finding] {
        judgement.operators.flatMap { found in
            let conduct = found.observations.reduce(into: TTLConduct()) { all, observation in
                for sample in observation.samples {
                    all.formUnion(TTLConduct(sample, at: observation.observation, side: judgement.side))
                }
            }
            let seen = found.samples.compactMap(\.ttl).max()
            return findings(conduct, of: found.name, ttl: seen)
        }
    }

    private static func findings(_ conduct: TTLConduct, of name: String, ttl: TTL?) -> [Finding] {
        let longest = ttl.map { " (it says \($0) s)" } ?? ""
        let texts: [(TTLConduct, code: String, detail: String)] = [
            (.raised, "ttl-raised", "keeps answers for longer than the zone says\(longest)"),
            (.clamped, "ttl-clamped", "tells a TTL of its own instead of what is left\(longest)"),
            (.servesStale, "serve-stale", "seems to serve answers that have expired (RFC 8767)"),
            (.outlived, "outlived-ttl", "still gave an answer after that answer's own TTL"),
        ]
        return texts.filter { conduct.contains($0.0) }.map {
            Finding(code: $0.code, severity: .note, subject: name, detail: $0.detail)
        }
    }
}
