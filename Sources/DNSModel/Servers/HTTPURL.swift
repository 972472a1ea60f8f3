/// An absolute `http` or `https` URL (RFC 3986) without user, password or fragment.
package struct HTTPURL: Hashable, Sendable, CustomStringConvertible {
    package let isSecure: Bool
    /// A name or an address, without brackets.
    package let host: String
    /// The one that stands in the URL; nil for the scheme's own.
    package let explicitPort: UInt16?
    /// The path and the query, with the slash that begins them.
    package let target: String

    /// Nil for what is no such URL, or cannot be sent as it is written.
    package init?(_ text: String) {
        let lowered = text.prefix(8).lowercased()
        let isSecure = lowered.hasPrefix("https://")
        guard isSecure || lowered.hasPrefix("http://") else { return nil }
        guard text.utf8.allSatisfy({ (0x21..<0x7F).contains($0) }), !text.contains("#") else { return nil }
        let rest = text.dropFirst(isSecure ? 8 : 7)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard let location = HostAndPort(authority), location.isHost,
            location.address?.family != .ipv6 || authority.hasPrefix("[")
        else { return nil }
        self.isSecure = isSecure
        host = location.host
        explicitPort = location.port
        let target = rest.dropFirst(authority.count)
        self.target = target.hasPrefix("/") ? String(target) : "/\(target)"
    }

    package var port: UInt16 { explicitPort ?? (isSecure ? 443 : 80) }

    /// Scheme, host and port without the target, which may have a key in it.
    package var origin: String {
        let shown = host.contains(":") ? "[\(host)]" : host
        return "\(isSecure ? "https" : "http")://\(shown)\(explicitPort.map { ":\($0)" } ?? "")"
    }

    package var description: String { origin + target }
}

extension HostAndPort {
    /// Whether the host is an address or a name of letters, digits, hyphens and underscores.
    fileprivate var isHost: Bool {
        if address != nil { return true }
        let isPlain = host.utf8.allSatisfy { $0.isASCIIAlphanumeric || "-_.".utf8.contains($0) }
        return isPlain && isWellFormed && host.utf8.contains { !$0.isASCIIDigit && $0 != UInt8(ascii: ".") }
    }
}
