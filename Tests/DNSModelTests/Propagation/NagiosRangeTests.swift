import DNSModel
import Testing

@Suite("A plugin's range")
struct NagiosRangeTests {
    @Test(
        "alerts outside of its ends, or inside with @",
        arguments: [
            ("10", [-0.1, 10.1], [0, 5, 10]), ("10:", [9.9, -1], [10, 1e9]), ("~:10", [10.1], [-1e9, 10]),
            ("10:20", [9.9, 20.1], [10, 20]), ("@10:20", [10, 15, 20], [9.9, 20.1]), ("@5", [0, 5], [-0.1, 5.1]),
            ("-5:5", [-5.1, 5.1], [-5, 0, 5]), ("95.5:", [95.4], [95.5]), (":7", [-1, 8], [0, 7]),
            ("0", [0.1, -0.1], [0]), ("~:", [], [-1e9, 1e9]),
        ] as [(String, [Double], [Double])])
    func alerts(text: String, alerting: [Double], quiet: [Double]) throws {
        let range = try #require(NagiosRange(text))
        #expect(alerting.allSatisfy(range.alerts))
        #expect(!quiet.contains(where: range.alerts))
        #expect(range.description == text)
    }

    @Test(
        "is refused when it is none",
        arguments: [
            "", "@", "x", "10:x", "1:2:3", "20:10", "1e3", "inf", "nan", "1.2.3", " 10", "10 ", "~", "0x10", "--1",
        ])
    func refuses(text: String) {
        #expect(NagiosRange(text) == nil)
    }
}
