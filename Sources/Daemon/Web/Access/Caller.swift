/// Who asks.
enum Caller: Hashable, Sendable {
    case nobody
    /// A command on the socket that only the daemon's owner may use.
    case command
    /// Somebody on this machine, while no `api_token` is wanted.
    case local
    /// A program that knows the `api_token`.
    case token
    /// A browser that has logged in.
    case session(Session)

    /// Whether it may see and change everything.
    var isKnown: Bool { self != .nobody }

    /// What the journal calls the caller. Commands say themselves on whose behalf they ask; what others say of themselves
    /// is added, and does not stand alone.
    func signature(claiming name: String?) -> String {
        let name = name.flatMap { $0.isEmpty ? nil : $0 }
        switch self {
        case .command: return name ?? "command"
        case .local: return Self.joined("local", name)
        case .token: return Self.joined("api", name)
        case .session: return Self.joined("page", name)
        case .nobody: return Self.joined("nobody", name)
        }
    }

    private static func joined(_ origin: String, _ name: String?) -> String {
        guard let name, name != origin, !name.hasPrefix("\(origin):") else { return name ?? origin }
        return "\(origin):\(name)"
    }
}
