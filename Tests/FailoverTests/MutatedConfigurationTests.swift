import DNSModel
import FoundationEssentials
import TestSupport
import Testing

@testable import Failover

@Suite("A configuration that something has happened to")
struct MutatedConfigurationTests {
    @Test("is read or refused, and never ends the program", arguments: try ConfigurationFixtures("good").names)
    func mutations(name: String) throws {
        let original = try ConfigurationFixtures("good").octets(name)
        let context = ConfigurationContext(
            references: SecretReferences(environment: ConfigurationFixtures.environment, directory: "/nonexistent"),
            providerKinds: ConfigurationFixtures.kinds)
        var dice = SplitMix(seed: Sampling.seed)
        var refused = 0
        for _ in 0..<Sampling.count(300, soak: 20_000) {
            var octets = original
            for _ in 0...Int.random(in: 0...3, using: &dice) { Self.mutate(&octets, with: &dice) }
            do throws(ConfigurationErrors) {
                _ = try Configuration(octets, subject: name, context)
            } catch {
                refused += 1
                #expect(!error.problems.isEmpty)
                #expect(!error.description.contains("hunter2"))
            }
        }
        #expect(refused > 0)
    }

    /// What editors, disks and people do to files, and what YAML is touchy about.
    private static func mutate(_ octets: inout [UInt8], with dice: inout SplitMix) {
        let place = Int.random(in: 0..<max(1, octets.count), using: &dice)
        let end = min(octets.count, place + Int.random(in: 0...40, using: &dice))
        switch Int.random(in: 0...5, using: &dice) {
        case 0: octets.removeSubrange(min(place, end)..<end)
        case 1: octets.insert(contentsOf: octets[min(place, end)..<end], at: min(place, octets.count))
        case 2: octets.insert(.random(in: .min ... .max, using: &dice), at: min(place, octets.count))
        case 3: octets = Array(octets.prefix(place))
        case 4 where place < octets.count: octets[place] ^= 1 << UInt8.random(in: 0...7, using: &dice)
        default:
            let tokens = [
                "*usual", "&usual ", "<<: ", "!!int ", "? ", ": ", "- ", "[", "{", "}", "]", "|\n", "\"", "'", "#", "~",
                "---\n", "...\n", "%YAML 1.1\n", "\t", "\u{F8FF}1\u{F8FF}",
            ]
            octets.insert(
                contentsOf: Array((tokens.randomElement(using: &dice) ?? "").utf8), at: min(place, octets.count))
        }
    }
}
