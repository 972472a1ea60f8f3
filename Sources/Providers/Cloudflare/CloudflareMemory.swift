import DNSModel

/// What is worth remembering between calls: the zone's identifier, and until when no more may come.
actor CloudflareMemory {
    private(set) var zoneID: String?
    private var restsUntil: ContinuousClock.Instant?

    func remember(zoneID: String) { self.zoneID = zoneID }

    func rest(until instant: ContinuousClock.Instant) { restsUntil = instant }

    /// How long no call may be sent; nil when one may.
    func rest(at now: ContinuousClock.Instant) -> Duration? {
        guard let restsUntil, restsUntil > now else { return nil }
        return now.duration(to: restsUntil)
    }
}
