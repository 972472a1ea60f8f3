/// What messages about a service say.
struct ServiceWords: Sendable {
    /// `Cloudflare`.
    let name: String
    /// What the service knows us by: `the token`.
    let credential: String
    /// What to do when the service refuses it: `give one that may edit the zone's DNS`.
    let credentialAdvice: String
    /// What to look at when the service does not know what was asked for: `check zone_id`.
    let absenceAdvice: String
}
