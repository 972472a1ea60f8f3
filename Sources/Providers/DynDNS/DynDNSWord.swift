import DNSModel

/// The first word of a reply in the dyndns2 protocol, which alone says what became of an update: the status is often 200
/// whatever happened.
enum DynDNSWord {
    case accepted(isUnchanged: Bool)
    /// Until a person acts, the same would be refused again and may be taken for abuse.
    case refused(String)
    /// The service wants to be left alone for that long.
    case later(String, Duration)

    /// Nil for a word that the protocol does not have. Words are compared whole: a page may well have "good" in it.
    init?(_ word: some StringProtocol) {
        switch word {
        case "good": self = .accepted(isUnchanged: false)
        case "nochg": self = .accepted(isUnchanged: true)
        case "dnserr": self = .later("has trouble with its DNS", .seconds(600))
        case "911": self = .later("is under maintenance", .seconds(600))
        // HE's own, undocumented: more than ten updates in two minutes.
        case "interval": self = .later("wants fewer updates", .seconds(120))
        default:
            guard let reason = Self.refusals[String(word)] else { return nil }
            self = .refused(reason)
        }
    }

    private static let refusals = [
        "badauth": "refused the user or the key: compare them with the service's page",
        "!donator": "offers that to paying users only",
        "!yours": "says that the record belongs to somebody else: check the user",
        "!active": "has not activated the domain yet: do that on its page",
        "nohost": "has no such dynamic record: create it on the service's page and mark it as dynamic",
        "notfqdn": "wants a fully qualified name",
        "numhost": "was given too many names",
        "abuse": "has locked the record for too many updates: unlock it on the service's page",
        "badagent": "does not serve this program",
        "badsys": "does not know that kind of record",
    ]
}
