import DNSModel
import Wire

/// What a healthy server answers.
struct HTTPExpectation: Sendable {
    private let statuses: [ClosedRange<Int>]
    private let contained: [String]
    private let notContained: [String]
    private let pattern: String?
    private let headers: [HTTPHeader]
    let bodyLimit: Int
    /// A response that takes longer is a warning.
    let slow: Duration?

    init(reading settings: inout SettingReader) {
        statuses = settings.values("status", form: "a status such as 200, or 200-399", parse: Self.range) ?? [200...399]
        contained = settings.values("contains", form: "a text") { $0 } ?? []
        notContained = settings.values("not_contains", form: "a text") { $0 } ?? []
        pattern = settings.value("matches", form: "a regular expression") { text in
            (try? Regex(text)).map { _ in text }
        }
        let kibibytes = settings.integer("body_limit", in: 1...4096)
        bodyLimit = (kibibytes ?? 64) << 10
        slow = settings.duration("slow", in: .milliseconds(1) ... .seconds(600))
        headers =
            settings.group("expect_headers") { settings in
                settings.keys.compactMap { name in settings.text(name).map { HTTPHeader(name, $0) } }
            } ?? []
    }

    /// Why the response is not a healthy server's; nil when it is.
    func refusal(of response: HTTPResponse) -> String? {
        guard statuses.contains(where: { $0.contains(response.status) }) else { return "HTTP \(response.status)" }
        for header in headers where response.header(header.name)?.firstRange(of: header.value) == nil {
            return "HTTP \(response.status), but the header \(header.name) has no “\(header.value)”"
        }
        guard !contained.isEmpty || !notContained.isEmpty || pattern != nil else { return nil }
        let body = response.text
        let extent = response.isCut ? " in its first \(bodyLimit >> 10) KiB" : ""
        for text in contained where body.firstRange(of: text) == nil {
            return "HTTP \(response.status), but no “\(PrintableText(text).text)”\(extent)"
        }
        for text in notContained where body.firstRange(of: text) != nil {
            return "HTTP \(response.status), but with “\(PrintableText(text).text)”"
        }
        if let pattern, let expression = try? Regex(pattern), !body.contains(expression) {
            return "HTTP \(response.status), but nothing that matches “\(PrintableText(pattern).text)”\(extent)"
        }
        return nil
    }

    /// `200` or `200-399`.
    private static func range(_ text: String) -> ClosedRange<Int>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map {
            SettingReader.integer(String($0))
        }
        guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last,
            (100...599).contains(first), (100...599).contains(last)
        else { return nil }
        return first...last
    }
}
