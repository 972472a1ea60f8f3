/// A browser that has logged in.
struct Session: Hashable, Sendable {
    /// Names it among the others; the rest of the cookie is what only the browser knows.
    let id: String
    /// What forms of its pages bring back.
    let formToken: String
}
