import FoundationEssentials

/// How a report is written for people.
package struct ReportStyle: Hashable, Sendable {
    /// The width of the terminal.
    package var columns = 80
    package var colour = false
    /// Whether characters outside ASCII can be shown.
    package var unicode = true
    /// 0 keeps long lists to the rows that matter; 1 shows every row, notes and single addresses.
    package var verbosity = 0
    /// Leaves out the record's facts and every row that is no news, however short the list: for windows with few rows.
    package var isCompact = false
    /// How far local time is ahead of UTC, in seconds.
    package var utcOffset = 0
    /// The time that countdowns are for; nil is the report's own.
    package var now: Date?

    /// Lines are never longer, however wide the terminal is: eyes lose them.
    package static let widest = 200

    package init() {}

    var width: Int { min(max(columns, 20), Self.widest) }
    var ellipsis: String { unicode ? "…" : ".." }
    var arrow: String { unicode ? "→" : "->" }
    var dot: String { unicode ? "·" : "-" }

    /// Text from outside, safe to show.
    func shown(_ text: String) -> String { PrintableText(text, asciiOnly: !unicode).text }

    /// The time of day, with the date when it is not the day of `reference`.
    package func clock(_ time: Date, reference: Date) -> String {
        let (day, second) = Self.dayAndSecond(time, utcOffset)
        let clock = [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        let text = clock.joined(separator: ":")
        guard day != Self.dayAndSecond(reference, utcOffset).day else { return text }
        return Self.date(ofDay: day) + " " + text
    }

    private static func dayAndSecond(_ time: Date, _ offset: Int) -> (day: Int, second: Int) {
        let seconds = Int(time.timeIntervalSince1970.rounded(.down)) + offset
        let second = ((seconds % 86_400) + 86_400) % 86_400
        return ((seconds - second) / 86_400, second)
    }

    /// The Gregorian date of a day counted from 1970-01-01.
    private static func date(ofDay day: Int) -> String {
        // Years begin in March here, so that the leap day is the last of one; eras have 400 years.
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return "\(year)-" + [month, dayOfMonth].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: "-")
    }
}
