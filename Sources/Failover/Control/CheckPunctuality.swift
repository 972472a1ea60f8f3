import DNSModel

/// How the checks of servers keep their times.
package struct CheckPunctuality: Hashable, Sendable, Codable {
    package var count: Int
    package var running: Int
    /// How many were begun since the start.
    package var begun: Int
    /// How late they began, in milliseconds: 99 of 100 of them or less, and the latest of all.
    package var late99MS: Double
    package var latestMS: Double

    package init(count: Int, running: Int, _ lateness: LatenessMeter) {
        self.count = count
        self.running = running
        begun = lateness.count
        late99MS = lateness.percentile(0.99).seconds * 1000
        latestMS = lateness.largest.seconds * 1000
    }

    enum CodingKeys: String, CodingKey {
        case count, running, begun
        case late99MS = "late_p99_ms"
        case latestMS = "late_max_ms"
    }
}
