/// A range of addresses in CIDR notation (RFC 4632 §3.1): `192.0.2.0/24`.
package struct IPPrefix: Hashable, Sendable, CustomStringConvertible {
    package let address: IPAddress
    package let length: Int

    /// Nil when the length does not fit the family. Bits beyond the length are ignored.
    package init?(_ address: IPAddress, length: Int) {
        guard (0...8 * address.family.octetCount).contains(length) else { return nil }
        self.address = address
        self.length = length
    }

    /// Reads `address/length`.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPAddress(parts[0]), parts[1].utf8.allSatisfy(\.isASCIIDigit),
            let length = Int(parts[1])
        else { return nil }
        self.init(address, length: length)
    }

    package func contains(_ other: IPAddress) -> Bool {
        guard other.family == address.family else { return false }
        let whole = length / 8
        let (mine, theirs) = (address.octets, other.octets)
        guard mine.prefix(whole) == theirs.prefix(whole) else { return false }
        guard length % 8 > 0 else { return true }
        return (mine[whole] ^ theirs[whole]) >> (8 - length % 8) == 0
    }

    package var description: String { "\(address)/\(length)" }
}
