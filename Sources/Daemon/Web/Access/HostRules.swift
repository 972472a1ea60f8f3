import DNSModel

/// The names by which the daemon may be called.
///
/// A page of somebody else's site can give its own name our address (DNS rebinding), and a browser then takes the daemon for
/// a part of that site. Only an address, a local name or a name that the configuration knows is ours.
struct HostRules: Hashable, Sendable {
    /// In lower case.
    let names: Set<String>
    /// Any address will do; without it, only those of this machine.
    let takesAnyAddress: Bool

    init(names: [String], takesAnyAddress: Bool) {
        self.names = Set(names.map { $0.lowercased() })
        self.takesAnyAddress = takesAnyAddress
    }

    /// Judges a `Host` header, whose port says nothing: it may be that of a tunnel or a proxy.
    func allows(_ host: String?) -> Bool {
        guard let host, let location = HostAndPort(host) else { return false }
        if let address = location.address { return takesAnyAddress || address.isLoopback }
        let name = location.host.lowercased()
        return name == "localhost" || names.contains(name.hasSuffix(".") ? String(name.dropLast()) : name)
    }
}
