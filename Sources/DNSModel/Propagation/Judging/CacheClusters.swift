import FoundationEssentials

/// Tells caches behind one operator's addresses apart: samples of one cache hold the same and expire together.
package enum CacheClusters {
    /// Samples whose expiries lie closer together than this may be of one cache; TTLs are whole seconds.
    package static let tolerance = 2.0

    /// At least so many caches gave these samples. Those without a TTL tell nothing.
    package static func count(_ samples: [JudgedSample]) -> Int {
        let seen = samples.compactMap { sample -> (key: Answer.Content, expiry: Date)? in
            guard let answer = sample.answer, let expiry = sample.expiry else { return nil }
            return (answer.content, expiry)
        }
        return Dictionary(grouping: seen, by: \.key).values.reduce(0) { total, samples in
            total + clusters(samples.map(\.expiry).sorted())
        }
    }

    private static func clusters(_ sorted: [Date]) -> Int {
        var count = 0
        var start = Date.distantPast
        for expiry in sorted where expiry.timeIntervalSince(start) > tolerance {
            count += 1
            start = expiry
        }
        return count
    }
}
