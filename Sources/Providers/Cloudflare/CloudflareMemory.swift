import DNSModel

/// What is worth remembering between calls: the zone's identifier, the fences as we last made
/// them, and until when no more calls may come.
actor CloudflareMemory {
    private(set) var zoneID: String?
    private(set) var fences: [DomainName: CloudflareFence] = [:]
    private var restsUntil: ContinuousClock.Instant?

    func remember(zoneID: String) { self.zoneID = zoneID }

    /// Those without an identifier are to be looked up again.
    func remember(_ renewed: [CloudflareFence]) {
        for fence in renewed { fences[fence.name] = fence.ids.isEmpty ? nil : fence }
    }

    func rest(until instant: ContinuousClock.Instant) { restsUntil = instant }

    /// How long no call may be sent; nil when one may.
    func rest(at now: ContinuousClock.Instant) -> Duration? {
        guard let restsUntil, restsUntil > now else { return nil }
        return now.duration(to: restsUntil)
    }
}
