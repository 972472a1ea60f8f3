import DNSModel
import Glibc
import TestSupport
import Testing

@testable import Wire

@Suite("Mutated messages")
struct MutationTests {
    /// How many: `DNSCONVERGE_MUTANTS`, or as many as a test run has time for.
    private static let total = getenv("DNSCONVERGE_MUTANTS").flatMap { Int(String(cString: $0)) } ?? 50_000
    /// Another seed each day would find more; `DNSCONVERGE_SEED` gives one.
    private static let seed = getenv("DNSCONVERGE_SEED").flatMap { UInt64(String(cString: $0)) } ?? 1

    @Test("never crash gate or decoder, and ldns reads all that the gate lets through")
    func mutants() {
        var generator = SplitMix(seed: Self.seed)
        var (accepted, undecodable) = (0, [[UInt8]]())
        let seeds = RecordedReply.all
        for number in 0..<Self.total {
            let original = seeds[number % seeds.count]
            let mutant = Self.mutate(original.octets, &generator)
            switch mutant.withUnsafeBufferPointer({ ReplyDecoder.decode($0, original.question) }) {
            case .success: accepted += 1
            case .failure(.undecodable): undecodable.append(mutant)
            case .failure: break
            }
        }
        #expect(undecodable == [])
        #expect(accepted > Self.total / 10, "else the decoder was hardly reached")
    }

    /// Changes a few octets, numbers or the length.
    private static func mutate(_ octets: [UInt8], _ generator: inout SplitMix) -> [UInt8] {
        var octets = octets
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let place = Int.random(in: 2..<max(3, octets.count), using: &generator)
            guard place < octets.count else { continue }
            switch Int.random(in: 0..<8, using: &generator) {
            case 0...3: octets[place] = UInt8.random(in: 0...255, using: &generator)
            case 4: octets[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 5: octets[place] = [0, 1, 63, 64, 127, 191, 192, 255].randomElement(using: &generator) ?? 0
            case 6: octets.removeLast(min(octets.count - 12, Int.random(in: 0..<6, using: &generator)))
            default: octets.insert(contentsOf: octets[place...].prefix(12), at: place)
            }
        }
        return octets
    }
}
