/// A host, by name or address, and perhaps a port: `dns.google`, `192.0.2.1:5300`, `[2001:db8::1]:5300`, `2001:db8::1`.
package struct HostAndPort: Hashable, Sendable {
    /// A name or an address, without brackets.
    package let host: String
    package let port: UInt16?

    /// Nil for an empty host, a port that is none, or an IPv6 address with a port but no brackets.
    package init?(_ text: some StringProtocol) {
        if text.first == "[" {
            guard let close = text.firstIndex(of: "]"), IPAddress(text[..<close].dropFirst())?.family == .ipv6
            else { return nil }
            guard let port = Self.port(text[close...].dropFirst()) else { return nil }
            host = String(text[..<close].dropFirst())
            self.port = port
        } else if IPAddress(text) != nil {
            host = String(text)
            port = nil
        } else {
            let host = text.prefix { $0 != ":" }
            guard !host.isEmpty, let port = Self.port(text.dropFirst(host.count)) else { return nil }
            self.host = String(host)
            self.port = port
        }
    }

    /// The address that the host is, if it is one.
    package var address: IPAddress? { IPAddress(host) }

    /// Whether the host is an address or a domain name.
    package var isWellFormed: Bool { address != nil || (try? DomainName(host)) != nil }

    /// Reads nothing, or a colon and a number from 1 to 65535.
    private static func port(_ text: some StringProtocol) -> UInt16?? {
        guard let colon = text.first else { return .some(nil) }
        let digits = text.dropFirst()
        guard colon == ":", digits.utf8.allSatisfy(\.isASCIIDigit), let port = UInt16(digits), port > 0
        else { return nil }
        return .some(port)
    }
}
