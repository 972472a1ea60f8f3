import DNSModel
import Synchronization

/// How queries have ended, counted by words of which there are few.
final class QueryTally: Sendable {
    // Counts replies, on the engine's thread and on those of secure exchanges.
    private let counted = Mutex<[String: Int]>([:])

    var counts: [String: Int] { counted.withLock(\.self) }

    func count(_ reply: Reply) {
        let word = reply.outcome
        counted.withLock { $0[word, default: 0] += 1 }
    }
}

extension Reply {
    /// `noerror`, `nxdomain`, `timeout` and so on.
    fileprivate var outcome: String {
        switch result {
        case .success(let response):
            switch response.rcode {
            case .noError: "noerror"
            case .nxDomain: "nxdomain"
            case .servFail: "servfail"
            case .refused: "refused"
            default: "other_rcode"
            }
        case .failure(.timeout): "timeout"
        case .failure(.unreachable), .failure(.noRoute): "unreachable"
        case .failure(.truncated), .failure(.transport): "transport"
        case .failure(.malformed): "malformed"
        case .failure(.cancelled): "cancelled"
        }
    }
}
