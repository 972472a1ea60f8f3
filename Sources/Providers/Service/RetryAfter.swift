import FoundationEssentials

/// The `Retry-After` header: a number of seconds, or the time itself (RFC 9110 §10.2.3). Some services give the time in
/// seconds since 1970 in headers of their own.
enum RetryAfter {
    /// Nil for a value that is neither. Never more than a day: nobody waits longer for a name.
    static func duration(_ value: String, at now: Date) -> Duration? {
        let number = UInt32(value)
        if let number, number < firstTime { return min(.seconds(Int(number)), longest) }
        let date = number.map { Date(timeIntervalSince1970: Double($0)) } ?? HTTPDate.date(value)
        guard let seconds = date?.timeIntervalSince(now) else { return nil }
        guard seconds < Double(longest.components.seconds) else { return longest }
        return .seconds(max(0, Int(seconds.rounded(.up))))
    }

    /// Numbers from here on are times: in 2001.
    private static let firstTime: UInt32 = 1_000_000_000
    private static let longest = Duration.seconds(86_400)
}
