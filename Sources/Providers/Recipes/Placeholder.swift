/// What may stand in braces in a recipe's texts.
enum Placeholder: String, CaseIterable, Sendable {
    /// The record's full name without a trailing dot.
    case fqdn
    case zone
    /// The name within its zone, `@` for the zone itself.
    case sub
    /// The same, empty for the zone itself.
    case subname
    case type
    case ttl
    /// One value as in a zone file.
    case value
    /// One value as plain text: a TXT record's without quotation marks.
    case text
    /// All values as a JSON list of strings.
    case valuesJSON = "values_json"
    /// All values as a JSON list of objects with a member `value`.
    case recordsJSON = "records_json"
    /// `ipv4` or `ipv6`.
    case family
    case token
    case user
    /// The service's identifier of a record that was looked up.
    case recordID = "record_id"
    /// The service's identifier of a change that is under way.
    case actionID = "action_id"

    /// Whether the value is JSON already and stands in a document as it is.
    var isJSON: Bool { self == .valuesJSON || self == .recordsJSON }
}
