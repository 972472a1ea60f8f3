import DNSModel
import Wire

/// How records are published through a service's HTTP interface, written down rather than programmed.
struct HTTPRecipe: Sendable {
    /// What a call sets.
    enum Scope: Sendable {
        /// All values of a name and type.
        case whole
        /// One record, which has an identifier.
        case single
    }

    struct Call: Sendable {
        var method: HTTPRequest.Method
        /// Path and query behind the service's URL.
        var path: TemplateText
        var body = Body.none
    }

    enum Body: Sendable {
        case none
        case json(TemplateText)
        case form(TemplateText)
    }

    /// How to see what the service has. Without it nothing can be compared or read back.
    struct Lookup: Sendable {
        var path: TemplateText
        /// Leads to the list of records in the reply: a JSON pointer (RFC 6901).
        var records: String
        /// What members of a record must be, for services that give more than was asked for.
        var filter: [String: TemplateText] = [:]
        /// Leads from a record to its value; empty where the record is the value.
        var value = ""
        /// Leads from a record to its identifier.
        var identifier: String?
        /// Leads from the document to the TTL.
        var ttl: String?
        /// Leads from a record to its TTL.
        var recordTTL: String?
    }

    /// How to learn that a change which is under way has been made.
    struct Poll: Sendable {
        var path: TemplateText
        /// Leads to the change's identifier in the reply to the change.
        var identifier: String
        /// Leads to its state, there and in the replies to polls.
        var state: String
        var done: Set<String>
        var failed: Set<String>
        /// How long to go on asking.
        var limit = Duration.seconds(60)
    }

    var name: String
    var base: String?
    /// The one zone that there is, where the service has no others.
    var zone: DomainName?
    var headers: [String: TemplateText] = [:]
    var scope = Scope.whole
    var lookup: Lookup?
    /// Gives what there is other values; makes it, too, unless `create` does.
    var set: Call
    var create: Call?
    var delete: Call?
    /// Gives another TTL, where `set` cannot.
    var setTTL: Call?
    var ok = ReplyRule()
    /// The service says that it had it already.
    var unchanged: ReplyRule?
    var fatal: [ReplyRule] = []
    var temporary: [ReplyRule] = []
    /// A header that says how long to wait, besides `Retry-After`.
    var retryAfter: String?
    var poll: Poll?
    var types: Set<RecordType>?
    var takesSeveralValues = true
    var ttls: ClosedRange<UInt32>?
    /// For new records that were given none.
    var defaultTTL = TTL(300)
    var minInterval: Duration?

    /// Whether the service repeats addresses in its replies: then they must be those that were sent.
    var echoes = false

    /// Whether replies are JSON documents, those without a body aside. A page with a good status is then no success.
    var speaksJSON: Bool {
        lookup != nil || [set, create, delete, setTTL].contains { if case .json? = $0?.body { true } else { false } }
    }

    /// Every text in it.
    var texts: [TemplateText] {
        let calls = [set, create, delete, setTTL].compactMap(\.self)
        let bodies = calls.compactMap { call -> TemplateText? in
            switch call.body {
            case .none: nil
            case .json(let text), .form(let text): text
            }
        }
        let lookups = [lookup?.path, poll?.path].compactMap(\.self) + (lookup?.filter.values.map(\.self) ?? [])
        return calls.map(\.path) + bodies + lookups + headers.values
    }
}
