import FoundationEssentials

extension PropagationReport {
    /// One server address's row.
    package struct ObservedAnswer: Sendable, Hashable, Codable {
        package var side: ObservedServer.Side
        package var id: String
        package var label: String
        package var operatorID: String
        package var operatorName: String
        package var country: String?
        package var address: String
        package var port: UInt16
        /// Where it was asked, as a resolver is written on the command line.
        package var endpoint: String
        package var transport: String
        /// The question, where it is not the report's: `cat.example.net A` at the servers of an alias's target.
        package var question: String?
        package var vantage: String
        package var verdict: Verdict
        package var counted: Bool
        /// Whether `stale` rests on the TTL alone, no previous value being known.
        package var presumed: Bool
        /// Why it was not asked: `ns2 lags`.
        package var notAsked: String?
        /// From here to `ede` the sample that decided the verdict.
        package var rcode: String?
        package var flags: [String]
        package var values: [String]
        package var chain: [Link]
        package var ttl: UInt32?
        /// Until the cache drops what it holds, counted from the report's time.
        package var secondsLeft: Int?
        package var rttMS: Double?
        /// How the server names itself: NSID or `id.server`, often the site.
        package var nsid: String?
        package var ede: [ExtendedErrorText]
        package var serial: UInt32?
        /// At least so many caches stand behind the address.
        package var caches: Int
        package var samples: [SampleLine]
        /// What went wrong instead of an answer.
        package var error: String?

        enum CodingKeys: String, CodingKey {
            case side, id, label
            case operatorID = "operator"
            case operatorName = "operator_name"
            case country, address, port, endpoint, transport, question, vantage, verdict, counted, presumed
            case notAsked = "not_asked"
            case rcode, flags, values, chain, ttl
            case secondsLeft = "seconds_left"
            case rttMS = "rtt_ms"
            case nsid, ede, serial, caches, samples, error
        }
    }

    /// One exchange.
    package struct SampleLine: Sendable, Hashable, Codable {
        package var received: Date
        package var transport: String
        package var verdict: Verdict
        package var rcode: String?
        package var values: [String]
        package var ttl: UInt32?
        package var secondsLeft: Int?
        package var rttMS: Double
        package var ede: [ExtendedErrorText]
        package var error: String?

        enum CodingKeys: String, CodingKey {
            case received, transport, verdict, rcode, values, ttl
            case secondsLeft = "seconds_left"
            case rttMS = "rtt_ms"
            case ede, error
        }
    }

    package struct ExtendedErrorText: Sendable, Hashable, Codable {
        package var code: UInt16
        /// Code, name and the server's own words: `22 No Reachable Authority: at delegation example.net`.
        package var text: String
    }

    /// One operator's line: all addresses and samples together.
    package struct OperatorLine: Sendable, Hashable, Codable {
        package var id: String
        package var name: String
        package var country: String?
        package var verdict: Verdict
        package var counted: Bool
        package var presumed: Bool
        package var notAsked: String?
        /// What it says; the worst sample's where samples differ.
        package var values: [String]
        package var rcode: String?
        package var ttl: UInt32?
        package var secondsLeft: Int?
        package var rttMS: Double?
        package var nsid: String?
        package var ede: [ExtendedErrorText]
        package var error: String?
        package var convergedSamples: Int
        package var samples: Int
        /// At least so many caches were seen.
        package var caches: Int
        /// `5 of 6 samples, at least 2 caches`; nil for a single sample.
        package var note: String?
        /// How many server addresses it stands for.
        package var addresses: Int

        enum CodingKeys: String, CodingKey {
            case id, name, country, verdict, counted, presumed
            case notAsked = "not_asked"
            case values, rcode, ttl
            case secondsLeft = "seconds_left"
            case rttMS = "rtt_ms"
            case nsid, ede, error
            case convergedSamples = "converged_samples"
            case samples, caches, note, addresses
        }
    }
}
