import DNSModel
import FoundationEssentials

/// Knows the token, and who has logged in with it.
actor AccessKeeper {
    private struct Entry {
        let session: Session
        let secret: String
        let since: Date
        var lastSeen: Date
    }

    private var token: Secret?
    private var sessions: [String: Entry] = [:]
    private var throttle = LoginThrottle()
    private let now: @Sendable () -> Date
    /// Brought back by forms for which nobody has to log in.
    nonisolated let localFormToken = RandomText.make(bits: 256)

    private static let longest: TimeInterval = 7 * 86_400
    private static let longestIdle: TimeInterval = 12 * 3600
    private static let sessionLimit = 1000

    init(token: Secret?, now: @escaping @Sendable () -> Date = { Date() }) {
        self.token = token
        self.now = now
    }

    /// Whether nobody is let in who does not know the token.
    var wantsToken: Bool { token != nil }

    /// Another token, or none: whoever logged in with the last one has to do so again.
    func replace(token: Secret?) {
        guard token != self.token else { return }
        self.token = token
        sessions = [:]
    }

    func isToken(_ text: String) -> Bool {
        token.map { $0.revealed.isSameSecret(as: text) } ?? false
    }

    /// The session of a cookie's value, which it keeps alive.
    func session(_ cookie: String) -> Session? {
        let parts = cookie.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, var entry = sessions[parts[0]], entry.secret.isSameSecret(as: parts[1]) else {
            return nil
        }
        let now = now()
        guard isAlive(entry, at: now) else {
            sessions[parts[0]] = nil
            return nil
        }
        entry.lastSeen = now
        sessions[parts[0]] = entry
        return entry.session
    }

    /// The cookie of a new session; throws why there is none.
    func logIn(token text: String, from client: String) throws(LoginRefusal) -> String {
        let now = now()
        if let wait = throttle.wait(for: client, at: now) { throw .tooManyTries(wait: wait) }
        guard isToken(text) else {
            throttle.failed(client, at: now)
            throw .wrongToken
        }
        throttle.succeeded(client)
        makeRoom(at: now)
        let session = Session(id: RandomText.make(bits: 128), formToken: RandomText.make(bits: 256))
        let secret = RandomText.make(bits: 256)
        sessions[session.id] = Entry(session: session, secret: secret, since: now, lastSeen: now)
        return "\(session.id).\(secret)"
    }

    func logOut(_ session: Session) { sessions[session.id] = nil }

    private func isAlive(_ entry: Entry, at now: Date) -> Bool {
        now.timeIntervalSince(entry.since) < Self.longest && now.timeIntervalSince(entry.lastSeen) < Self.longestIdle
    }

    private func makeRoom(at now: Date) {
        sessions = sessions.filter { isAlive($0.value, at: now) }
        guard sessions.count >= Self.sessionLimit else { return }
        if let oldest = sessions.min(by: { $0.value.lastSeen < $1.value.lastSeen }) { sessions[oldest.key] = nil }
    }
}

enum LoginRefusal: Error, Hashable {
    case wrongToken
    case tooManyTries(wait: Duration)
}
