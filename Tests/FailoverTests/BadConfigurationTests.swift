import DNSModel
import Failover
import TestSupport
import Testing

@Suite("A bad configuration")
struct BadConfigurationTests {
    private static let fixtures = ConfigurationFixtures("bad")

    @Test(
        "is refused with all of its problems, each with its place, its field and what to do",
        arguments: try fixtures.names)
    func problems(name: String) throws {
        let error = #expect(throws: ConfigurationErrors.self) { try Self.fixtures.load(name) }
        let lines = (error?.problems ?? []).map { $0.line(in: "\(name).yaml") + "\n" }.joined()
        #expect(!lines.contains("hunter2"), "no message tells a secret")
        // Paths of the machine that the tests run on are none of the expectation.
        let portable = lines.split(separator: Self.fixtures.directory, omittingEmptySubsequences: false).joined(
            separator: ".")
        #expect(try Golden("Fixtures/bad").difference(portable, from: "\(name).txt") == nil)
    }

    @Test("there are at least forty of them")
    func count() throws {
        #expect(try Self.fixtures.names.count >= 40)
    }

    @Test("a file that is not there, or a directory, is told by its name")
    func missing() throws {
        let missing = #expect(throws: ConfigurationErrors.self) {
            try ConfigurationFixtures.read("/nonexistent/dnsconverge.yaml")
        }
        #expect(missing?.description.hasPrefix("/nonexistent/dnsconverge.yaml: cannot be read (No such file") == true)
        let directory = #expect(throws: ConfigurationErrors.self) { try ConfigurationFixtures.read("/tmp") }
        #expect(directory?.description == "/tmp: is a directory: give the path of a file")
    }
}
