import DNSModel

extension ScheduledCheck {
    private static let intervals = Duration.milliseconds(100) ... .seconds(86_400)
    private static let timeouts = Duration.milliseconds(10) ... .seconds(600)
    private static let usualTimeout = Duration.seconds(5)

    /// Reads `check: {http: URL, interval: 10s, …}`, or a word alone for a check without settings: `check: ping`.
    static func read(
        _ node: SettingNode, _ key: String, of server: CheckSubjectServer, in settings: inout SettingReader,
        _ surroundings: SchemeSurroundings, every usual: Duration = .seconds(10),
        _ more: (inout SettingReader) -> Void = { _ in }
    ) -> ScheduledCheck? {
        settings.nested(node.asGroup, key) { settings in
            guard let kind = kind(&settings) else { return nil }
            let (interval, timeout) = times(&settings, usual)
            more(&settings)
            let context = CheckContext(
                server: server, interval: interval, timeout: timeout, surroundings: surroundings)
            let check = kind.init(reading: &settings, in: context)
            settings.finish()
            return check.map { ScheduledCheck($0, of: server, interval: interval, timeout: timeout) }
        }
    }

    /// The kind of which there is a setting.
    private static func kind(_ settings: inout SettingReader) -> (any HealthCheck.Type)? {
        let kinds = settings.keys.compactMap { HealthChecks.kind($0) }
        if let kind = kinds.first, kinds.count == 1 { return kind }
        let known = HealthChecks.kinds.map { $0.kind }
        if kinds.count > 1 {
            let named = kinds.map { $0.kind }.joined(separator: " and ")
            settings.note("has \(named): give one, or combine them with all, any or n_of")
        } else if let meant = settings.keys.lazy.compactMap({ NearestWord.nearest(to: $0, among: known) }).first {
            settings.note("names no kind of check: did you mean “\(meant)”?")
        } else if settings.problems.isEmpty {
            settings.note("names no kind of check: give one of \(known.joined(separator: ", "))")
        }
        return nil
    }

    private static func times(_ settings: inout SettingReader, _ usual: Duration) -> (
        interval: Duration, timeout: Duration
    ) {
        let interval = settings.duration("interval", in: intervals) ?? usual
        guard let timeout = settings.duration("timeout", in: timeouts) else {
            return (interval, min(usualTimeout, interval / 2))
        }
        if timeout >= interval {
            settings.note(
                "timeout",
                "is \(timeout.settingText), and the next check begins after \(interval.settingText): give less than "
                    + "the interval")
        }
        return (interval, timeout)
    }
}

extension SettingNode {
    /// A word alone as a group with that key and nothing behind it.
    fileprivate var asGroup: SettingNode {
        guard case .scalar(let text, _) = value else { return self }
        let place = place ?? Place(line: 1, column: 1)
        return SettingNode(
            .mapping([Member(key: text, place: place, node: SettingNode(.null, place: place))]), place: place)
    }
}
