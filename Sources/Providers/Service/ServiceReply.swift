import DNSModel
import FoundationEssentials
import Wire

/// What a service answered to a call.
struct ServiceReply: Sendable {
    let status: Int
    /// For people and the journal: status and body on one line, without secrets.
    let text: String
    private let response: HTTPResponse
    private let isOfChange: Bool
    private let words: ServiceWords

    init(_ response: HTTPResponse, to call: ServiceCall, words: ServiceWords, text: String) {
        status = response.status
        self.response = response
        self.text = text
        self.words = words
        isOfChange = call.changes
    }

    /// The service's name, for messages.
    var name: String { words.name }

    var isSuccess: Bool { (200..<300).contains(status) }

    /// The body as it came; it may have secrets in it.
    var body: [UInt8] { response.body }

    func header(_ name: String) -> String? { response.header(name) }

    /// How long the service wants to be left alone, if it says so.
    var retryAfter: Duration? { retryAfter(in: "Retry-After") }

    /// The same in a header of the service's own.
    func retryAfter(in header: String) -> Duration? {
        self.header(header).flatMap { RetryAfter.duration($0, at: Date()) }
    }

    /// The body as a JSON document.
    func json() throws(ProviderError) -> JSONNode {
        do {
            return try JSONNode(parsing: body)
        } catch {
            throw unintelligible("no JSON document (\(error.reason))")
        }
    }

    /// The error for a reply that says something else than it should, though the status is a success.
    func unintelligible(_ what: String) -> ProviderError {
        let message = "\(words.name) answered with \(what); is url right?"
        return isOfChange && isSuccess
            ? .uncertain("\(message) The reply: \(text)") : .temporary(message, reply: text)
    }

    /// What the status alone says about a reply that is no success; `subject` is what was asked for: `the zone x.org`.
    func refusal(of subject: String) -> ProviderError {
        let code = "(HTTP \(status))"
        switch status {
        case 300..<400:
            return .permanent("\(words.name) redirects to another place \(code); check url", reply: text)
        case 401, 403:
            let message = "\(words.name) refused \(words.credential) \(code); \(words.credentialAdvice)"
            return .permanent(message, reply: text)
        case 404, 410:
            let message = "\(words.name) does not know \(subject) \(code); \(words.absenceAdvice)"
            return .permanent(message, reply: text)
        case 408, 425: return temporary("did not take its time \(code)")
        case 429: return temporary("wants fewer calls \(code)")
        // A gateway that got no answer does not know whether the service behind it has acted.
        case 502 where isOfChange, 504 where isOfChange:
            return .uncertain("\(words.name) may or may not have made the change: its gateway says \(text)")
        case 500...: return temporary("has a fault \(code)")
        default: return .permanent("\(words.name) refused \(subject) \(code)", reply: text)
        }
    }

    private func temporary(_ what: String) -> ProviderError {
        .temporary("\(words.name) \(what)", reply: text, retryAfter: retryAfter)
    }
}
