/// A fully qualified domain name; compares without case and keeps its spelling (RFC 1034 §3.1, RFC 4343).
package struct DomainName: Sendable {
    /// Uncompressed wire form: length-prefixed labels and the root's zero; 1 to 255 octets (RFC 1035 §3.1).
    package let wire: [UInt8]

    package static let root = DomainName(validatedWire: [0])

    /// Takes a wire form that has already been checked, for instance by the packet gate.
    package init(validatedWire wire: [UInt8]) {
        self.wire = wire
    }

    /// Joins labels, each 1 to 63 octets.
    package init(labels: some Sequence<some Collection<UInt8>>) throws(DomainNameError) {
        var wire: [UInt8] = []
        for label in labels {
            guard !label.isEmpty else { throw .emptyLabel }
            guard label.count <= 63 else { throw .labelTooLong(String(decoding: label, as: UTF8.self)) }
            wire.append(UInt8(label.count))
            wire.append(contentsOf: label)
        }
        wire.append(0)
        guard wire.count <= 255 else { throw .nameTooLong(octets: wire.count) }
        self.wire = wire
    }

    package var isRoot: Bool { wire.count == 1 }

    /// The labels from left to right, without the root's.
    package var labels: [ArraySlice<UInt8>] {
        var labels: [ArraySlice<UInt8>] = []
        var index = 0
        while index < wire.count, wire[index] != 0 {
            let end = index + 1 + Int(wire[index])
            labels.append(wire[index + 1..<end])
            index = end
        }
        return labels
    }

    package var labelCount: Int {
        var count = 0
        var index = 0
        while index < wire.count, wire[index] != 0 {
            index += 1 + Int(wire[index])
            count += 1
        }
        return count
    }

    /// The name without its leftmost label; nil for the root.
    package var parent: DomainName? {
        isRoot ? nil : DomainName(validatedWire: Array(wire[(1 + Int(wire[0]))...]))
    }

    /// Whether the name is `ancestor` or below it.
    package func isSubdomain(of ancestor: DomainName) -> Bool {
        let surplus = labelCount - ancestor.labelCount
        guard surplus >= 0 else { return false }
        var index = 0
        for _ in 0..<surplus { index += 1 + Int(wire[index]) }
        return wire.count - index == ancestor.wire.count
            && wire[index...].elementsEqual(ancestor.wire) { $0.lowercasedASCII == $1.lowercasedASCII }
    }

    /// The last `count` labels of the name; the whole name when it has fewer.
    package func suffix(_ count: Int) -> DomainName {
        var index = 0
        for _ in 0..<max(0, labelCount - count) { index += 1 + Int(wire[index]) }
        return DomainName(validatedWire: Array(wire[index...]))
    }

    /// The name with `suffix` replaced by `target`, as a DNAME does (RFC 6672 §2.2); nil when it is not below `suffix`
    /// or grows too long.
    package func replacing(suffix: DomainName, with target: DomainName) -> DomainName? {
        guard self != suffix, isSubdomain(of: suffix) else { return nil }
        let prefix = wire.prefix(wire.count - suffix.wire.count)
        guard prefix.count + target.wire.count <= 255 else { return nil }
        return DomainName(validatedWire: prefix + target.wire)
    }

    /// The wire form in lower case, in which equal names have equal octets (RFC 4034 §6.2).
    package var canonicalWire: [UInt8] { wire.map(\.lowercasedASCII) }
}

extension DomainName: Hashable {
    package static func == (a: DomainName, b: DomainName) -> Bool {
        guard a.wire.count == b.wire.count else { return false }
        return a.wire == b.wire || a.wire.elementsEqual(b.wire) { $0.lowercasedASCII == $1.lowercasedASCII }
    }

    package func hash(into hasher: inout Hasher) {
        for octet in wire { hasher.combine(octet.lowercasedASCII) }
    }
}

extension DomainName: Comparable {
    /// Canonical order: by labels from the right (RFC 4034 §6.1).
    package static func < (a: DomainName, b: DomainName) -> Bool {
        for (x, y) in zip(a.labels.reversed(), b.labels.reversed()) {
            let (x, y) = (x.map(\.lowercasedASCII), y.map(\.lowercasedASCII))
            if x != y { return x.lexicographicallyPrecedes(y) }
        }
        return a.labelCount < b.labelCount
    }
}

extension UInt8 {
    /// A to Z become a to z. A length octet is at most 63, below `A`, so whole wire forms may be folded.
    package var lowercasedASCII: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}
