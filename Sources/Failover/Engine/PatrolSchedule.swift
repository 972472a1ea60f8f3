import DNSModel

/// When each scheme is looked at. Times count from any moment.
struct PatrolSchedule {
    /// How a look at a scheme ended.
    enum Outcome: Sendable {
        case well
        /// Something is not as it should be: the next look comes sooner.
        case trouble
        /// Nothing could be looked at yet, or a change is followed, which is the look.
        case skipped
    }

    private struct Beat {
        var due: Duration
        var begun = Duration.zero
        var isRunning = false
        /// Looks so far.
        var count: UInt64 = 0
        /// The last wait after a look that found trouble; nil when all was well.
        var troubleWait: Duration?
    }

    /// Nil: nobody is looked at.
    private(set) var interval: Duration?
    private var beats: [SchemeName: Beat] = [:]

    /// The first looks are spread over that, or over the interval when it is shorter.
    private static let longestSpread = Duration.seconds(10)
    /// The first wait after trouble, then twice as long each time, up to the interval.
    private static let shortestWait = Duration.seconds(30)
    private static let pause = Duration.seconds(2)

    init(interval: Duration?) {
        self.interval = interval
    }

    mutating func setInterval(_ interval: Duration?, at now: Duration) {
        guard interval != self.interval else { return }
        self.interval = interval
        for name in beats.keys {
            let due = now + phase(of: name)
            beats[name]?.due = due
        }
    }

    /// Looks at these schemes from now on. One that was there keeps its turn.
    mutating func replace(with names: [SchemeName], at now: Duration) {
        let wanted = Set(names)
        beats = beats.filter { wanted.contains($0.key) }
        for name in names where beats[name] == nil { beats[name] = Beat(due: now + phase(of: name)) }
    }

    /// Takes the scheme that is due longest; it has no other turn until its look has ended.
    mutating func takeDue(at now: Duration) -> SchemeName? {
        guard let name = candidates.min(by: Self.precedes), let beat = beats[name.key], beat.due <= now else {
            return nil
        }
        beats[name.key]?.isRunning = true
        beats[name.key]?.begun = now
        beats[name.key]?.count += 1
        return name.key
    }

    /// When the next scheme is due.
    var next: Duration? { candidates.map(\.value.due).min() }

    mutating func finish(_ name: SchemeName, _ outcome: Outcome, at now: Duration) {
        guard var beat = beats[name], beat.isRunning, let interval else {
            beats[name]?.isRunning = false
            return
        }
        beat.isRunning = false
        switch outcome {
        case .well:
            beat.troubleWait = nil
            // Schemes that began together drift apart.
            beat.due = max(now, beat.begun + interval * (0.9 + 0.2 * fraction(of: name, beat.count)))
        case .trouble:
            let wait = min(interval, beat.troubleWait.map { $0 * 2 } ?? Self.shortestWait)
            beat.troubleWait = wait
            beat.due = now + wait
        case .skipped: beat.due = now + min(interval, Self.pause)
        }
        beats[name] = beat
    }

    private var candidates: [(key: SchemeName, value: Beat)] {
        interval == nil ? [] : beats.filter { !$0.value.isRunning }.map { ($0.key, $0.value) }
    }

    private static func precedes(_ a: (key: SchemeName, value: Beat), _ b: (key: SchemeName, value: Beat)) -> Bool {
        (a.value.due, a.key) < (b.value.due, b.key)
    }

    private func phase(of name: SchemeName) -> Duration {
        min(interval ?? .zero, Self.longestSpread) * fraction(of: name, 0)
    }

    /// From 0 to 1, the same for a name and a number each time.
    private func fraction(of name: SchemeName, _ number: UInt64) -> Double {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for octet in name.text.utf8 { hash = (hash ^ UInt64(octet)) &* 0x100_0000_01B3 }
        hash = (hash ^ number) &* 0x100_0000_01B3
        return Double((hash ^ hash >> 32) >> 11 & 0xFFFFF) / Double(0x100000)
    }
}
