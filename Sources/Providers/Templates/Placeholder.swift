/// What a request's texts leave open until a record is changed: `{fqdn}`.
enum Placeholder: String, Hashable, Sendable, CaseIterable {
    /// The record's name without a dot at its end: `cat.example.org`.
    case fqdn
    case zone
    /// The name within the zone: `cat`; what the template says for the zone itself.
    case sub
    /// The name within the zone; nothing for the zone itself.
    case subname
    /// `A`
    case type
    /// The word that the template has for the type: `ipv4`.
    case parameter
    case ttl
    /// The one value of the record, or the one that the request is about.
    case value
    /// All values: `["192.0.2.1", "192.0.2.2"]`.
    case valuesJSON = "values_json"
    /// All values, each as the template's `element` has it: `[{"value": "192.0.2.1"}]`.
    case elementsJSON = "elements_json"
    case token
    case user
    /// User and token as HTTP's basic authentication has them, in Base64 (RFC 7617).
    case basic
    /// The service's own name for the record, which the look-up has found.
    case recordID = "record_id"
    /// The service's own name for what it was told to do, by which its state is asked for.
    case pollID = "poll_id"

    /// Whether it stands for JSON of its own, or a number, rather than for a text.
    var isJSON: Bool { self == .valuesJSON || self == .elementsJSON }

    var isSecret: Bool { self == .token || self == .basic }
}
