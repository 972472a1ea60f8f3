import DNSModel
import FoundationEssentials
import TestSupport
import Testing

@testable import Providers

@Suite("Small formats")
struct SmallFormatTests {
    private static let now = Date(timeIntervalSince1970: 784_111_777)

    @Test(
        "Retry-After is a number of seconds or a date",
        arguments: [
            Case("seconds", "120", .seconds(120)), Case("none", "0", .zero),
            Case("more than a day", "99999999", .seconds(86_400)),
            Case("a date", "Sun, 06 Nov 1994 08:50:37 GMT", .seconds(60)),
            Case("a date in the past", "Sun, 06 Nov 1994 08:48:37 GMT", .zero),
            Case("the 29th of February", "Thu, 29 Feb 1996 00:00:00 GMT", .seconds(86_400)),
            Case("no such day", "Sun, 32 Nov 1994 08:50:37 GMT", nil), Case("words", "soon", nil),
            Case("negative", "-5", nil), Case("a fraction", "1.5", nil), Case("empty", "", nil),
        ] as [Case<String, Duration?>])
    func retryAfter(row: Case<String, Duration?>) {
        #expect(RetryAfter.duration(row.input, at: Self.now) == row.output)
    }

    @Test("A time in seconds since 1970 is one, too")
    func epoch() {
        let now = Date(timeIntervalSince1970: 1_795_000_000)
        #expect(RetryAfter.duration("1795000030", at: now) == .seconds(30))
    }
}
