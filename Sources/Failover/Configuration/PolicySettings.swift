import DNSModel

/// The group `policy`: how a scheme chooses, and the thresholds of all of its servers.
struct PolicySettings {
    var policy = Policy()
    var thresholds = Thresholds()

    /// In balance every healthy server is published, whatever its priority.
    var needsPriorities: Bool { policy.mode == .failover }

    static func read(_ settings: inout SettingReader, _ traits: ProviderTraits?) -> PolicySettings {
        var result = PolicySettings()
        if let least = traits?.minInterval { result.policy.minInterval = max(result.policy.minInterval, least) }
        let usual = result
        return settings.group("policy") { settings in
            var result = usual
            result.thresholds = thresholds(&settings, instead: result.thresholds)
            result.policy.read(&settings, traits)
            return result
        } ?? usual
    }

    /// The thresholds that stand in a group, and for those that do not the ones of a level higher.
    static func thresholds(_ settings: inout SettingReader, instead usual: Thresholds) -> Thresholds {
        let counts = 1...1000
        let times = Duration.zero ... .seconds(86_400)
        return Thresholds(
            fall: settings.integer("fall", in: counts) ?? usual.fall,
            rise: settings.integer("rise", in: counts) ?? usual.rise,
            downAfter: settings.duration("down_after", in: times) ?? usual.downAfter,
            upAfter: settings.duration("up_after", in: times) ?? usual.upAfter,
            forgive: settings.integer("forgive", in: counts) ?? usual.forgive)
    }
}

extension Policy {
    fileprivate mutating func read(_ settings: inout SettingReader, _ traits: ProviderTraits?) {
        readMode(&settings)
        if let allDown = Self.allDown(&settings) { self.allDown = allDown }
        if let failback = Self.failback(&settings) { self.failback = failback }
        families = settings.word("families", ["lockstep": .lockstep, "apart": .apart]) ?? families
        acceptsWarn = settings.flag("accept_warn") ?? acceptsWarn
        enforces = settings.flag("enforce") ?? enforces
        maxChanges = settings.integer("max_changes", in: 1...1000) ?? maxChanges
        guard let interval = settings.duration("min_interval", in: .zero ... .seconds(86_400)) else { return }
        // What the service wants stands in `minInterval` already.
        if let least = traits?.minInterval, interval < least {
            settings.warn(
                "min_interval", "is shorter than the \(least.settingText) that the service wants, which count")
        }
        minInterval = max(interval, traits?.minInterval ?? .zero)
    }

    private mutating func readMode(_ settings: inout SettingReader) {
        let isBalance = settings.word("mode", ["failover": false, "balance": true]) ?? false
        let minPublished = settings.integer("min_published", in: 1...1000)
        if isBalance {
            mode = .balance(minPublished: minPublished ?? 1)
        } else if minPublished != nil {
            settings.note("min_published", "is for mode: balance; in failover one server is published")
        }
    }

    /// `keep`, `first`, `all`, or one address or several.
    private static func allDown(_ settings: inout SettingReader) -> AllDown? {
        let words: [String: AllDown] = ["keep": .keep, "first": .first, "all": .all]
        if case .scalar(let text, _)? = settings.node("all_down")?.value {
            if let word = words[text] { return word }
            guard IPAddress(text) != nil else {
                settings.note(
                    "all_down", "“\(PrintableText(text).text)” is wrong: give keep, first, all or an address")
                return nil
            }
        }
        return settings.addresses("all_down").map { .addresses($0) }
    }

    /// `auto`, `manual`, or `{delayed: 5m}`.
    private static func failback(_ settings: inout SettingReader) -> Failback? {
        guard let node = settings.node("failback") else { return nil }
        guard case .mapping = node.value else {
            if case .scalar("delayed", _) = node.value {
                settings.note("failback", "needs a time: give {delayed: 5m}")
                return nil
            }
            return settings.word("failback", ["auto": .auto, "manual": .manual])
        }
        return settings.nested(node, "failback") { settings in
            let delay = settings.duration("delayed", in: .seconds(1) ... .seconds(30 * 86_400))
            settings.finish()
            if delay == nil, settings.problems.isEmpty { settings.note("is empty: give {delayed: 5m}, auto or manual") }
            return delay.map { .delayed($0) }
        }
    }
}
