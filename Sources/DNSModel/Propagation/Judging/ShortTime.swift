/// A time as people say it in a line: `45s`, `4m12s`, `2h05m`, `3d04h`.
package struct ShortTime: CustomStringConvertible, Sendable {
    package let seconds: Int

    package init(_ seconds: Int) {
        self.seconds = max(0, seconds)
    }

    package var description: String {
        let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86400)
        if days > 0 { return "\(days)d\(Self.pair(hours % 24))h" }
        if hours > 0 { return "\(hours)h\(Self.pair(minutes % 60))m" }
        if minutes > 0 { return "\(minutes)m\(Self.pair(seconds % 60))s" }
        return "\(seconds)s"
    }

    private static func pair(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
