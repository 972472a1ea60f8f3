import DNSModel
import Failover
import FoundationEssentials

/// What is wrong with a form as a whole, or with one of its fields.
struct FormProblem: Error, Hashable {
    let field: String?
    let message: String

    init(_ message: String, field: String? = nil) {
        self.message = message
        self.field = field
    }
}

extension FormState {
    func adding(_ problem: FormProblem) -> FormState {
        var state = self
        if let field = problem.field {
            state.problems[field] = problem.message
        } else {
            state.others.append(problem.message)
        }
        return state
    }
}

/// Makes an order of the button that was pressed, and what stands beside it.
struct OrderReading {
    private let form: FormState

    private static let longest = Duration.seconds(366 * 86_400)
    private static let whyLimit = 500

    init(_ form: FormState) {
        self.form = form
    }

    func request(who: String, at now: Date) throws(FormProblem) -> OrderRequest {
        let (action, health) = try action()
        let why = form["why"]
        guard why.utf8.count <= Self.whyLimit else { throw FormProblem("say it in 500 characters", field: "why") }
        let server = form["server"]
        return OrderRequest(
            action, server: server.isEmpty ? nil : server, health: health, who: who, why: why, until: try until(now))
    }

    /// `pin`, or `pretend-fail`.
    private func action() throws(FormProblem) -> (OrderRequest.Action, Health?) {
        let word = form["action"]
        if let action = OrderRequest.Action(rawValue: word), action != .pretend { return (action, nil) }
        guard word.hasPrefix("pretend-"), let health = Health(rawValue: String(word.dropFirst("pretend-".count))) else {
            throw FormProblem("the order is not known: press one of the buttons")
        }
        return (.pretend, health)
    }

    private func until(_ now: Date) throws(FormProblem) -> Date? {
        let text = form["for"]
        guard !text.isEmpty else { return nil }
        guard let duration = Duration(setting: text), duration > .zero, duration <= Self.longest else {
            throw FormProblem("“\(PrintableText(text).text)” is no time: give one such as 30m, 2h or 1d", field: "for")
        }
        return now.addingTimeInterval(duration / .seconds(1))
    }
}
