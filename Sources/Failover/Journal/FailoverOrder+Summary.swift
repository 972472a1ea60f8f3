import DNSModel
import FoundationEssentials

extension FailoverOrder {
    package var summary: String {
        switch self {
        case .startMaintenance(let server, let order): "maintenance of \(server)\(order.summary)"
        case .endMaintenance(let server, _): "end of the maintenance of \(server)"
        case .pin(let server, let order): "pinned to \(server)\(order.summary)"
        case .unpin: "no longer pinned"
        case .freeze(let order): "frozen\(order.summary)"
        case .unfreeze: "no longer frozen"
        case .push: "the selected value is to be sent"
        case .failBack: "go back to the best server"
        case .pretend(let server, let health, let order): "\(server) is taken to be \(health.rawValue)\(order.summary)"
        case .endPretence(let server, _): "\(server) is as it is again"
        }
    }

    /// The server that it is about; nil when it is about the whole scheme.
    package var server: ServerName? {
        switch self {
        case .startMaintenance(let server, _), .endMaintenance(let server, _), .pin(let server, _),
            .pretend(let server, _, _), .endPretence(let server, _):
            server
        case .unpin, .freeze, .unfreeze, .push, .failBack: nil
        }
    }

    package var who: String {
        switch self {
        case .startMaintenance(_, let order), .pin(_, let order), .freeze(let order), .pretend(_, _, let order):
            order.who
        case .endMaintenance(_, let who), .unpin(let who), .unfreeze(let who), .push(let who), .failBack(let who),
            .endPretence(_, let who):
            who
        }
    }
}

extension Order {
    fileprivate var summary: String {
        (until.map { " until \($0.formatted(.iso8601))" } ?? "") + (why.isEmpty ? "" : ": \(why)")
    }
}
