import DNSModel
import FoundationEssentials
import Wire

/// Hands a notice to a program that sends mail (RFC 5322).
struct EmailDelivery: Sendable {
    private let email: NotificationSettings.Email

    init(_ email: NotificationSettings.Email) {
        self.email = email
    }

    /// Why it could not be handed over; nil when it was.
    func deliver(_ notice: Notice) async -> String? {
        let command = Command(
            [email.program.path] + email.program.arguments, input: Array(message(notice).utf8), timeout: .seconds(60))
        let failure: String
        do throws(CommandFailure) {
            let result = try await command.run()
            if result.ending == .exited(0) { return nil }
            let said = PluginOutput(result.errorText).text
            failure = said.isEmpty ? "it failed without a word" : said
        } catch {
            failure = error.description
        }
        return "mail by \(email.program.path): \(failure); “\(notice.code)” was not sent"
    }

    func message(_ notice: Notice) -> String {
        var lines = email.sender.map { ["From: \($0)"] } ?? []
        lines += [
            "To: \(email.recipients.joined(separator: ", "))", "Subject: \(Self.subject(notice.headline))",
            "Date: \(Self.date(notice.time))", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: 8bit", "Auto-Submitted: auto-generated", "", PrintableText(notice.text).text,
            "",
            "scheme  \(notice.scheme?.text ?? "all")", "record  \(notice.record?.description ?? "-")",
            "what    \(notice.code), \(notice.severity.rawValue)",
            "when    \(notice.time.ISO8601Format())", "",
        ]
        return lines.joined(separator: "\n")
    }

    /// A header line of no more than 998 octets; what is not ASCII is encoded (RFC 2047).
    private static func subject(_ text: String) -> String {
        let text = String(text.prefix(120))
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
        // An encoded word has 75 characters at the most: 45 octets, cut between characters.
        var words: [[UInt8]] = [[]]
        for character in text {
            if words[words.count - 1].count + character.utf8.count > 45 { words.append([]) }
            words[words.count - 1] += Array(character.utf8)
        }
        return words.map { "=?utf-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\n ")
    }

    /// `Sat, 21 Nov 2026 06:00:00 +0000` (RFC 5322 §3.3), whatever the locale.
    private static func date(_ time: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? .current
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second, .weekday], from: time)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
        let day = "\(days[((parts.weekday ?? 1) - 1) % 7]), \(two(parts.day)) \(months[((parts.month ?? 1) - 1) % 12])"
        return "\(day) \(parts.year ?? 0) \(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)) +0000"
    }
}
