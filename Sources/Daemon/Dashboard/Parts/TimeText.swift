import DNSModel
import FoundationEssentials

/// Times on a page. Each is written as what it is, in UTC, so that the same state is the same page; the script makes ages
/// and countdowns of them.
struct TimeText: Sendable {
    private let day: Date
    private let style = ReportStyle()

    /// A time of another day than `reference`'s is written with its date.
    init(reference: Date) {
        day = reference
    }

    /// `22:31:07`, which the script turns into `12s ago` where `isAge`.
    func html(_ date: Date, isAge: Bool = false) -> HTML {
        let kind: HTML = isAge ? " class=\"age\"" : ""
        return "<time\(kind) datetime=\"\(Self.machine(date))\">\(text(date))</time>"
    }

    /// `4m12s`, what is left from `now` on, which the script counts down.
    func countdown(to date: Date, from now: Date) -> HTML {
        let left = Int(date.timeIntervalSince(now).rounded(.up))
        return """
            <time class="left" datetime="\(Self.machine(date))">\(left > 0 ? ShortTime(left).description : "due")</time>
            """
    }

    func text(_ date: Date) -> String { style.clock(date, reference: day) }

    /// To the second, so that countdowns that are computed anew do not flicker.
    static func machine(_ date: Date) -> String {
        Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded()).formatted(.iso8601)
    }
}
