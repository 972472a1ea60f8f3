import DNSModel
import Wire

/// How a service is spoken to: requests with open places, and what its replies mean.
struct ServiceTemplate: Sendable {
    /// One request that changes something.
    struct Call: Hashable, Sendable {
        var method: HTTPRequest.Method
        var path: RequestText
        var body: Body?
    }

    struct Body: Hashable, Sendable {
        /// `json`, `form` or `plain`.
        var use: RequestText.Use
        var text: RequestText
    }

    struct Header: Hashable, Sendable {
        var name: String
        var value: RequestText
    }

    enum Writing: Sendable {
        /// The service has RRsets: one request says all values. Without `create`, `set` makes what does not exist; without
        /// `setTTL`, it says the TTL, too.
        case rrsets(set: Call, create: Call? = nil, setTTL: Call? = nil, remove: Call? = nil)
        /// The service has single records, each with an ID of its own that the look-up tells.
        case records(add: Call, replace: Call, remove: Call)
    }

    /// How TXT data are written.
    enum TextForm: Sendable {
        /// As in a zone file: `"v=spf1 -all"`.
        case quoted
        /// The text alone.
        case plain
    }

    /// What messages call the service.
    var name: String
    /// Where the service is; nil: `url` must say so.
    var base: String?
    /// What to look at when the token is refused.
    var credentialAdvice = "check token"
    /// The zone of services that have only one for everybody.
    var zone: DomainName?
    /// What `{sub}` is for the zone itself.
    var apex = "@"
    /// Go with each request.
    var headers: [Header] = []
    /// JSON for one value in `{elements_json}`.
    var element: RequestText = #"{"value": "{value}"}"#
    /// What `{parameter}` is for each type.
    var parameters: [RecordType: String] = [:]
    var textForm = TextForm.quoted
    var traits = ProviderTraits()
    /// For what is made where no TTL is wanted.
    var defaultTTL = TTL(300)
    var lookup: TemplateLookup?
    var writing: Writing
    /// Which replies are good; none: those with a 2xx status.
    var ok: [ReplyRule] = []
    /// Which good replies say that there was nothing to change.
    var unchanged: [ReplyRule] = []
    /// Which replies mean that it may work later, and which that it never will, besides those whose status says so.
    var temporary: [ReplyRule] = []
    var fatal: [ReplyRule] = []
    /// Whether an address in a good reply is the one that was set, which must be the wanted one.
    var echoes = false
    /// The header that says how long to wait, when it is not `Retry-After`: in seconds, or as the time itself since 1970.
    var retryAfter: String?
    var poll: TemplatePoll?
}

/// How to find what a service has.
struct TemplateLookup: Sendable {
    var path: RequestText
    /// Replies that say that there is no such RRset.
    var absent: [ReplyRule] = []
    /// A JSON pointer to the list of records; nil: the document is the only one.
    var list: String?
    /// What records of the list must have to be meant, by pointers into them.
    var conditions: [Condition] = []
    /// Pointers into a record: its ID, its value or values, where the value is within one of them, and its TTL.
    var id: String?
    var values: String
    var value: String?
    var ttl: String?

    struct Condition: Hashable, Sendable {
        var pointer: String
        var text: RequestText
    }
}

/// How to ask whether a service has done what it was told to.
struct TemplatePoll: Sendable {
    var path: RequestText
    /// Pointers into the replies: the ID of what is being done, and its state.
    var id: String
    var state: String
    var done: [String]
    var failed: [String]
    var limit = Duration.seconds(60)
}
