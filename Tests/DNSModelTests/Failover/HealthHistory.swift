import DNSModel
import FoundationEssentials
import TestSupport

/// How a server fares over time: healths that last for a while each, drawn at random.
struct HealthHistory: Sendable {
    private var changes: [(at: Date, result: CheckResult)] = []

    /// After `end` the health is `last` for ever.
    init(until end: Date, last: CheckResult, typical: Double, _ generator: inout SplitMix) {
        var now = Date.start
        while now < end {
            changes.append((now, Self.result(&generator)))
            now.addTimeInterval(typical * Double.random(in: 0.1...3, using: &generator))
        }
        changes.append((end, last))
    }

    func result(at now: Date) -> CheckResult {
        changes.last { $0.at <= now }?.result ?? CheckResult(.unknown, "no result")
    }

    private static func result(_ generator: inout SplitMix) -> CheckResult {
        switch Int.random(in: 0..<20, using: &generator) {
        case ..<10: CheckResult(.ok, "HTTP 200")
        case ..<12: CheckResult(.warn, "slow")
        case ..<17: CheckResult(.fail, "HTTP 503")
        case 17: CheckResult(.ok, "okerr says maintenance", isMaintenance: true)
        default: CheckResult(.unknown, "nobody could judge")
        }
    }
}

/// A scheme, a service and a history of health, drawn from a seed.
struct RandomCase: Sendable {
    let seed: UInt64
    let scheme: Scheme
    let traits: ProviderTraits
    let published: [RecordType: Set<RecordData>]
    let histories: [ServerName: HealthHistory]
    let interval: Double
    let delays: [Double]
    let trouble: Double
    let end: Date

    /// How long healths change at random.
    static let unrest = 3600.0
    /// How long all is stable afterwards: longer than any wait of the controller.
    static let calm = 16_000.0

    init(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        self.seed = seed
        scheme = Self.scheme(&generator)
        traits = Self.traits(&generator)
        let intervals: [Double] = [20, 40, 60]
        interval = intervals.randomElement(using: &generator) ?? 30
        end = Date.start.addingTimeInterval(Self.unrest)
        let published = Bool.random(using: &generator) ? scheme.servers.randomElement(using: &generator) : nil
        self.published = Dictionary(
            uniqueKeysWithValues: scheme.families.map { ($0.recordType, published?.values($0.recordType) ?? []) })
        delays = (0..<Int.random(in: 1...2, using: &generator)).map { _ in
            Double.random(in: 0..<0.9, using: &generator)
        }
        let troubles: [Double] = [0, 0.2, 0.6]
        trouble = troubles.randomElement(using: &generator) ?? 0
        var histories: [ServerName: HealthHistory] = [:]
        let spans: [Double] = [60, 300, 900]
        let typical = spans.randomElement(using: &generator) ?? 300
        for server in scheme.servers {
            let last = CheckResult(Int.random(in: 0..<3, using: &generator) == 0 ? .fail : .ok, "at last")
            histories[server.name] = HealthHistory(
                until: Date.start.addingTimeInterval(Self.unrest), last: last, typical: typical, &generator)
        }
        self.histories = histories
    }

    private static func scheme(_ generator: inout SplitMix) -> Scheme {
        let hasSix = Int.random(in: 0..<3, using: &generator) == 0
        var priorities = [100, 95, 85, 70]
        priorities.shuffle(using: &generator)
        if Int.random(in: 0..<5, using: &generator) == 0 { priorities[1] = priorities[0] }
        let servers = (1...Int.random(in: 2...4, using: &generator)).map { number in
            var addresses: [IPAddress] = [.ofServer(number)]
            if hasSix, number == 1 || Int.random(in: 0..<4, using: &generator) > 0 {
                addresses.append(.ofServer(number, .ipv6))
            }
            return Scheme.Server(
                name: ServerName("server\(number)"), addresses: addresses, priority: priorities[number - 1],
                thresholds: Thresholds(
                    fall: Int.random(in: 1...3, using: &generator), rise: Int.random(in: 1...3, using: &generator)))
        }
        return Scheme.cat { scheme in
            scheme.servers = servers
            scheme.policy = policy(&generator)
        }
    }

    private static func policy(_ generator: inout SplitMix) -> Policy {
        var policy = Policy()
        if Int.random(in: 0..<4, using: &generator) == 0 {
            policy.mode = .balance(minPublished: Int.random(in: 1...2, using: &generator))
        }
        let wishes: [Policy.AllDown] = [.keep, .keep, .first, .all, .addresses([.ofServer(99)])]
        policy.allDown = wishes.randomElement(using: &generator) ?? .keep
        let waysBack: [Policy.Failback] = [.auto, .auto, .delayed(.seconds(120)), .manual]
        policy.failback = waysBack.randomElement(using: &generator) ?? .auto
        policy.families = Bool.random(using: &generator) ? .lockstep : .apart
        policy.acceptsWarn = Bool.random(using: &generator)
        let waits: [Int] = [0, 60, 300]
        policy.minInterval = .seconds(waits.randomElement(using: &generator) ?? 60)
        policy.maxChanges = [1, 2, 4, 6, 20].randomElement(using: &generator) ?? 6
        return policy
    }

    private static func traits(_ generator: inout SplitMix) -> ProviderTraits {
        var traits = ProviderTraits()
        traits.comparesAndSets = Bool.random(using: &generator)
        traits.settleTime = .seconds(Int.random(in: 5...40, using: &generator))
        traits.minInterval = Int.random(in: 0..<4, using: &generator) == 0 ? .seconds(120) : nil
        return traits
    }

    /// The name servers have each change within the settle time.
    func world(crashChance: Double = 0, interval: Double? = nil) -> FailoverWorld {
        var service = FailoverWorld.Service(published)
        service.delays = delays.map { $0 * traits.settleTime.seconds }
        service.mood = { [trouble] generator in
            guard Double.random(in: 0..<1, using: &generator) < trouble else { return .works }
            let troubles: [FailoverWorld.Service.Mood] = [
                .losesReply, .losesRequest, .fails(retryAfter: nil), .fails(retryAfter: .seconds(90)),
            ]
            return troubles.randomElement(using: &generator) ?? .works
        }
        var settings = FailoverWorld.Settings(checkInterval: interval ?? self.interval) { [histories] name, now in
            histories[name]?.result(at: now) ?? CheckResult(.unknown, "nobody")
        }
        settings.crashChance = crashChance
        settings.timing.lookInterval = .seconds(180)
        return FailoverWorld(scheme: scheme, traits: traits, service: service, settings: settings, seed: seed)
    }

    /// The world after a time of unrest and one of calm in which the service works.
    func outcome(crashChance: Double = 0) -> FailoverWorld {
        var world = world(crashChance: crashChance)
        world.run(for: Self.unrest)
        world.repairTheService()
        world.settings.crashChance = 0
        world.settings.checkInterval = 300
        world.run(for: Self.calm)
        return world
    }
}
