import DNSModel

/// A name of the benchmark's zone: `n0.bench.test`, `n1.bench.test`, …, each with an address that follows from its number.
struct BenchName {
    /// Below 2^24, for the address has that many values after its 10.
    let number: UInt32
    let domainName: DomainName

    private static let zone: [UInt8] = [5] + Array("bench".utf8) + [4] + Array("test".utf8) + [0]

    init(number: UInt32) {
        self.number = number
        let label = Array("n\(number)".utf8)
        domainName = DomainName(validatedWire: [UInt8(label.count)] + label + Self.zone)
    }

    /// Reads a line of a list of names; nil when it is no name of the zone.
    init?(line: some Collection<UInt8>) {
        let label = line.prefix { $0 != UInt8(ascii: ".") }
        guard let number = Self.number(ofLabel: label) else { return nil }
        self.number = number
        var wire: [UInt8] = []
        wire.reserveCapacity(label.count + 1 + Self.zone.count)
        wire.append(UInt8(label.count))
        wire.append(contentsOf: label)
        wire.append(contentsOf: Self.zone)
        domainName = DomainName(validatedWire: wire)
    }

    /// The number that a first label, `n` and digits, stands for.
    static func number(ofLabel label: some Collection<UInt8>) -> UInt32? {
        guard label.first == UInt8(ascii: "n"), (2...9).contains(label.count) else { return nil }
        var number: UInt32 = 0
        for octet in label.dropFirst() {
            guard octet &- 0x30 < 10 else { return nil }
            number = number * 10 + UInt32(octet &- 0x30)
        }
        return number
    }

    /// The octets of the A record of the name with a number.
    static func address(of number: UInt32) -> [UInt8] {
        [
            10, UInt8(truncatingIfNeeded: number >> 16), UInt8(truncatingIfNeeded: number >> 8),
            UInt8(truncatingIfNeeded: number),
        ]
    }

    var question: Question { Question(domainName, .a) }

    /// Whether a response says what the zone says: authoritatively, exactly the one record.
    func matches(_ response: Response) -> Bool {
        guard response.rcode == .noError, response.isAuthoritative else { return false }
        var count = 0
        for record in response.answer where record.type == .a && record.owner == domainName {
            guard record.data.octets == Self.address(of: number) else { return false }
            count += 1
        }
        return count == 1
    }
}
