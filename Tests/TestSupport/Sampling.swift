import Glibc

/// How far tests go that could go on for ever, and where their random choices begin.
package enum Sampling {
    /// `DNSCONVERGE_SEED`, which `Tests/run` changes from day to day and prints; 1 where nothing is set.
    package static let seed = variable("DNSCONVERGE_SEED").flatMap { UInt64($0) } ?? 1

    /// Whether there is time for more than a sample: `make soak` sets `DNSCONVERGE_SOAK`.
    package static let isSoak = variable("DNSCONVERGE_SOAK") != nil

    package static func count(_ sample: Int, soak: Int) -> Int { isSoak ? soak : sample }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
