import DNSModel
import FoundationEssentials

/// A date as HTTP headers have it: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7). The two obsolete forms, which
/// nobody may send any more, are not read.
enum HTTPDate {
    static func date(_ text: String) -> Date? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let day = UInt8(words[1]), (1...31).contains(day),
            let month = months.firstIndex(of: String(words[2])), let year = UInt16(words[3]), year >= 1970
        else { return nil }
        let clock = words[4].split(separator: ":", omittingEmptySubsequences: false).map { UInt8($0) ?? 99 }
        guard clock.count == 3, clock[0] < 24, clock[1] < 60, clock[2] <= 60 else { return nil }
        let days = days(Int(year), month + 1, Int(day))
        let seconds = Int(clock[0]) * 3600 + Int(clock[1]) * 60 + Int(clock[2])
        return Date(timeIntervalSince1970: Double(days * 86_400 + seconds))
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Days since 1970-01-01 in the Gregorian calendar, reckoned in years that begin in March.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
    }
}
