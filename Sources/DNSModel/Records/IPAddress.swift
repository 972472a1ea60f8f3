/// An IPv4 or IPv6 address.
package struct IPAddress: Hashable, Sendable {
    package enum Family: String, Hashable, Sendable, CaseIterable {
        case ipv4 = "IPv4"
        case ipv6 = "IPv6"

        /// The record type that carries addresses of this family.
        package var recordType: RecordType { self == .ipv4 ? .a : .aaaa }
        package var octetCount: Int { self == .ipv4 ? 4 : 16 }
    }

    package let family: Family
    private let high: UInt64
    private let low: UInt64

    /// 0.0.0.0
    package static let unspecified = IPAddress(family: .ipv4, high: 0, low: 0)

    private init(family: Family, high: UInt64, low: UInt64) {
        self.family = family
        self.high = high
        self.low = low
    }

    /// Takes 4 or 16 octets in network order; nil for any other count.
    package init?(octets: some Collection<UInt8>) {
        guard octets.count == 4 || octets.count == 16 else { return nil }
        family = octets.count == 4 ? .ipv4 : .ipv6
        high = octets.dropLast(8).reduce(0) { $0 << 8 | UInt64($1) }
        low = octets.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The address in network order: 4 or 16 octets.
    package var octets: [UInt8] {
        (16 - family.octetCount..<16).map { index in
            UInt8(truncatingIfNeeded: (index < 8 ? high : low) >> (56 - 8 * (index % 8)))
        }
    }

    /// 0.0.0.0 or ::, which filters answer with and nobody publishes.
    package var isUnspecified: Bool { high == 0 && low == 0 }

    /// 127.0.0.0/8 or ::1: this machine itself.
    package var isLoopback: Bool { family == .ipv4 ? octets.first == 127 : high == 0 && low == 1 }

    /// The name whose PTR records name the address (RFC 1035 §3.5, RFC 3596 §2.5).
    package var reverseName: DomainName {
        let labels: [String]
        switch family {
        case .ipv4: labels = octets.reversed().map(String.init) + ["in-addr", "arpa"]
        case .ipv6: labels = octets.reversed().flatMap(Self.nibbles) + ["ip6", "arpa"]
        }
        var wire: [UInt8] = []
        for label in labels {
            wire.append(UInt8(label.utf8.count))
            wire.append(contentsOf: label.utf8)
        }
        return DomainName(validatedWire: wire + [0])
    }
}

extension IPAddress {
    private static func nibbles(_ octet: UInt8) -> [String] {
        [String(octet & 15, radix: 16), String(octet >> 4, radix: 16)]
    }
}

extension IPAddress: CustomStringConvertible {
    /// Reads dotted decimal without leading zeros (RFC 6943 §3.1.1), or IPv6 text (RFC 4291 §2.2) without a zone index.
    package init?(_ text: some StringProtocol) {
        let octets = text.utf8.contains(UInt8(ascii: ":")) ? Self.ipv6Octets(text) : Self.ipv4Octets(text)
        guard let octets, let address = IPAddress(octets: octets) else { return nil }
        self = address
    }

    /// Dotted decimal, or the recommended IPv6 form (RFC 5952 §4).
    package var description: String {
        family == .ipv4 ? octets.map(String.init).joined(separator: ".") : ipv6Text
    }

    private static func ipv4Octets(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var octets: [UInt8] = []
        for part in parts {
            guard part.utf8.allSatisfy(\.isASCIIDigit), part.count == 1 || part.first != "0", let octet = UInt8(part)
            else { return nil }
            octets.append(octet)
        }
        return octets
    }

    private static func ipv6Octets(_ text: some StringProtocol) -> [UInt8]? {
        let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
        guard halves.count <= 2, let head = groups(halves[0]) else { return nil }
        guard halves.count == 2 else { return head.count == 16 ? head : nil }
        guard let tail = groups(halves[1]), head.count + tail.count <= 14 else { return nil }
        return head + Array(repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    /// Colon-separated groups, the last of which may be dotted decimal, as octets.
    private static func groups(_ text: some StringProtocol) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        var octets: [UInt8] = []
        let groups = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, group) in groups.enumerated() {
            if index == groups.count - 1, group.utf8.contains(UInt8(ascii: ".")) {
                guard let tail = ipv4Octets(group) else { return nil }
                octets += tail
            } else {
                guard (1...4).contains(group.count), group.utf8.allSatisfy(\.isASCIIHexDigit),
                    let value = UInt16(group, radix: 16)
                else { return nil }
                octets += [UInt8(value >> 8), UInt8(value & 0xFF)]
            }
        }
        return octets
    }

    private var ipv6Text: String {
        let groups = (0..<8).map { UInt16(truncatingIfNeeded: ($0 < 4 ? high : low) >> UInt64(48 - 16 * ($0 % 4))) }
        let isMapped = high == 0 && low >> 32 == 0xFFFF
        if isMapped { return "::ffff:" + octets.suffix(4).map(String.init).joined(separator: ".") }
        let zeros = Self.longestZeroRun(groups)
        return String(unsafeUninitializedCapacity: 39) { buffer in
            var end = 0
            func write(_ character: UInt8) {
                buffer[end] = character
                end += 1
            }
            for (place, group) in groups.enumerated() {
                if zeros.count > 1, zeros.contains(place) {
                    if place == zeros.lowerBound { write(UInt8(ascii: ":")) }
                    if place == 7 { write(UInt8(ascii: ":")) }
                    continue
                }
                if place > 0 { write(UInt8(ascii: ":")) }
                for shift in [12, 8, 4, 0] as [UInt16] where group >> shift > 0 || shift == 0 {
                    let digit = UInt8(group >> shift & 15)
                    write(digit < 10 ? 48 + digit : 87 + digit)
                }
            }
            return end
        }
    }

    private static func longestZeroRun(_ groups: [UInt16]) -> Range<Int> {
        var best = 0..<0
        var start = 0
        for index in 0...8 where index == 8 || groups[index] != 0 {
            if index - start > best.count { best = start..<index }
            start = index + 1
        }
        return best
    }
}

extension IPAddress: Comparable {
    /// IPv4 before IPv6, then by number.
    package static func < (a: IPAddress, b: IPAddress) -> Bool {
        if a.family != b.family { return a.family == .ipv4 }
        return (a.high, a.low) < (b.high, b.low)
    }
}

extension UInt8 {
    package var isASCIIHexDigit: Bool { isASCIIDigit || (lowercasedASCII &- 0x61) < 6 }
}
