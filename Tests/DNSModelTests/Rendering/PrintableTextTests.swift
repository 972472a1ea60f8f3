import DNSModel
import FoundationEssentials
import TestSupport
import Testing

@Suite("Text from outside cannot control a terminal")
struct PrintableTextTests {
    @Test(arguments: [
        Case("plain text stays", "v=spf1 -all", "v=spf1 -all"),
        Case("letters of any script stay", "bücher 東京", "bücher 東京"),
        Case("an escape sequence", "\u{1B}[31m", "\\u{1B}[31m"), Case("its one-byte form", "\u{9B}31m", "\\u{9B}31m"),
        Case("a line's end", "a\r\nb", "a\\u{D}\\u{A}b"), Case("a tab", "a\tb", "a\\u{9}b"),
        Case("delete", "\u{7F}", "\\u{7F}"),
        Case("a bidi override", "\u{202E}cba", "\\u{202E}cba"),
        Case("a bidi isolate", "\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"),
        Case("zero width", "a\u{200B}b\u{FEFF}", "a\\u{200B}b\\u{FEFF}"),
        Case("a line separator", "a\u{2028}b", "a\\u{2028}b"),
        Case("a blank that is none", "a\u{A0}b", "a\\u{A0}b"),
        Case("piled-up marks", "e\u{301}\u{302}", "e\\u{301}\\u{302}"),
        Case("a private character", "\u{E000}", "\\u{E000}"), Case("a variation selector", "☂\u{FE0F}", "☂\\u{FE0F}"),
        Case("an invisible filler", "\u{3164}", "\\u{3164}"), Case("an annotation", "a\u{FFF9}b", "a\\u{FFF9}b"),
        Case("a tag character", "\u{E0041}", "\\u{E0041}"),
    ])
    func escapes(_ c: Case<String, String>) {
        #expect(PrintableText(c.input).text == c.output)
    }

    @Test("In ASCII everything else is escaped too")
    func ascii() {
        #expect(PrintableText("aé東", asciiOnly: true).text == "a\\u{E9}\\u{6771}")
    }

    @Test("No text of any scalars keeps one that controls a terminal")
    func everyScalar() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = PrintableText(String(Character(scalar))).text
            guard text.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }) else {
                continue
            }
            Issue.record("U+\(String(value, radix: 16))")
        }
    }

    @Test(
        "Wide characters take two columns",
        arguments: [
            Case("ASCII", "abc", 3), Case("Latin", "éß", 2), Case("CJK", "東京", 4), Case("Hangul", "서울", 4),
            Case("full width", "ＡＢ", 4), Case("an emoji", "😀", 2), Case("half width", "ｱ", 1), Case("bars", "█░✓…", 4),
        ])
    func columns(_ c: Case<String, Int>) {
        #expect(c.input.columns == c.output)
    }
}

@Suite("Lines are cut and filled by columns")
struct StyledTextTests {
    @Test(arguments: [
        Case<(String, Int), String>("what fits stays", ("abc", 3), "abc"),
        Case("what does not is cut", ("abcd", 3), "ab…"),
        Case("a wide character is not halved", ("東京都", 4), "東…"),
        Case("nothing fits", ("abc", 0), ""),
    ])
    func truncates(_ c: Case<(String, Int), String>) {
        #expect(StyledText(c.input.0).truncated(to: c.input.1, ellipsis: "…").plainText == c.output)
    }

    @Test("Filling counts columns, not characters")
    func pads() {
        #expect((StyledText("東").padded(to: 4) + StyledText("|")).plainText == "東  |")
        #expect(StyledText("7").padded(to: 3, leading: true).plainText == "  7")
    }

    @Test("Colour surrounds text, and never a blank at the end")
    func colour() {
        let text = StyledText("a", .bad) + StyledText("b ") + StyledText("  ", .quiet)
        #expect(text.rendered(colour: true) == "\u{1B}[1;31ma\u{1B}[0mb")
        #expect(text.rendered(colour: false) == "ab")
    }
}

@Suite("Times are written for people")
struct TimeTextTests {
    @Test(arguments: [
        Case("nothing", Duration.zero, "0 ms"), Case("milliseconds", .milliseconds(999), "999 ms"),
        Case("seconds with a tenth", .milliseconds(1234), "1.2 s"), Case("whole seconds", .seconds(12), "12s"),
        Case("minutes", .seconds(252), "4m12s"), Case("hours", .seconds(7500), "2h05m"),
        Case("days", .seconds(273_600), "3d04h"), Case("a time that is past", .seconds(-5), "0 ms"),
    ])
    func duration(_ c: Case<Duration, String>) {
        #expect(c.input.text == c.output)
    }

    @Test(
        arguments: [
            Case("all", 100.0, "100"), Case("a tenth", 85.7, "85.7"), Case("none", 0, "0"),
            Case("nearly all", 99.9, "99.9"),
        ] as [Case<Double, String>])
    func percent(_ c: Case<Double, String>) {
        #expect(PercentText.text(c.input) == c.output)
    }

    @Test(
        arguments: [
            Case("the same day", 1_795_264_320.0, "12:32:00"),
            Case("the next day", 1_795_264_320 + 86_400, "2026-11-22 12:32:00"),
            Case("a leap day", 1_835_438_400, "2028-02-29 12:00:00"),
            Case("new year", 1_798_761_600, "2027-01-01 00:00:00"),
        ] as [Case<Double, String>])
    func clock(_ c: Case<Double, String>) {
        let reference = start.addingTimeInterval(1_795_264_320 - start.timeIntervalSince1970)
        let time = start.addingTimeInterval(c.input - start.timeIntervalSince1970)
        #expect(ReportStyle().clock(time, reference: reference) == c.output)
    }

    @Test("Local time is ahead of UTC by the offset, midnight included")
    func offset() {
        var style = ReportStyle()
        style.utcOffset = -12 * 3600 - 33 * 60
        let noon = start.addingTimeInterval(1_795_264_320 - start.timeIntervalSince1970)
        #expect(style.clock(noon, reference: noon) == "23:59:00")
        #expect(style.clock(noon.addingTimeInterval(60), reference: noon) == "2026-11-21 00:00:00")
    }
}
