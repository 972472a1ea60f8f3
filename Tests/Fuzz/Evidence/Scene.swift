import DNSModel
import FoundationEssentials

/// A question and the few values that made-up answers to it have, so that servers agree and disagree in every way.
struct Scene {
    let question: Question
    /// Names that records are of, and that they lead to.
    let names: [DomainName]
    /// Data of the type that is asked.
    let values: [RecordData]
    /// What servers said; never empty.
    let responses: [Response]

    /// All times lie around this one.
    static let start = Date(timeIntervalSince1970: 1_800_000_000)

    /// The scene that `responses` belong to; `library` has data of other types besides.
    init(_ question: Question, _ responses: [Response], library: [RecordData]) {
        self.question = question
        self.responses = responses
        let records = responses.flatMap { $0.answer.prefix(8) + $0.authority.prefix(4) + $0.additional.prefix(4) }
        let found = records.map(\.owner) + records.compactMap(\.data.name)
        names = [question.name, question.name.parent ?? .root, .root] + Self.oddNames + found
        let data = records.map(\.data) + library
        values = Array(data.lazy.filter { $0.type == question.type }.prefix(12)) + Self.invented(question.type)
    }

    private static func invented(_ type: RecordType) -> [RecordData] {
        switch type {
        case .a:
            [[0, 0, 0, 0], [192, 0, 2, 1], [192, 0, 2, 2]].compactMap { IPAddress(octets: $0) }.map(RecordData.init)
        case .txt:
            oddTexts.map { text in
                let octets = text.utf8.prefix(255)
                return RecordData(type: .txt, octets: [UInt8(octets.count)] + octets, text: text)
            }
        default: []
        }
    }

    static let nsidPattern = IdentityPattern("^ns[0-9]")
    static let idServerPattern = IdentityPattern(#"\.resolver\.test$"#)

    /// The longest name, one with octets that no text shows as they are, and a single label.
    private static let oddNames = [
        DomainName(validatedWire: Array(repeatElement([1, 0], count: 127).joined()) + [0]),
        DomainName(validatedWire: [6, 0x1B, 0x5B, 0x32, 0x4A, 0x2E, 0x5C, 4, 0x74, 0x65, 0x73, 0x74, 0]),
        DomainName(validatedWire: [4, 0x74, 0x65, 0x73, 0x74, 0]),
    ]

    /// Texts that servers may put into answers: what terminals, plugins' readers and JSON care about.
    static let oddTexts = [
        "", " ", "v=spf1 -all", "\u{1B}[2J\u{1B}]0;owned\u{7}", "a\nb\r\nc\td", "| 'x'=1;2;3", "\u{0}\u{7F}\u{9B}31m",
        "\u{202E}gnp.exe\u{2066}", "e\u{301}\u{301}\u{301}", "漢字 👩‍👩‍👧‍👦 🇩🇪", "\u{FFFD}\u{FFFF}\u{10FFFF}", "\"\\\"",
        String(repeating: "wide ", count: 60), String(repeating: "漢", count: 90), String(repeating: "x", count: 255),
    ]
}
