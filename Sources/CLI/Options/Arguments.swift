import ArgumentParser
import DNSModel

/// What is wrong with an argument; follows "The value … is invalid for …: ".
struct ArgumentProblem: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension DomainName {
    init(argument text: String) throws {
        if text.contains("://") { throw ArgumentProblem("it is a URL; give the name of its host") }
        if let address = IPAddress(text) {
            throw ArgumentProblem("it is an address; the name of its PTR record is \(address.reverseName)")
        }
        do {
            self = try DomainName(text)
        } catch {
            throw ArgumentProblem("the name \(error)")
        }
    }
}

/// Types of records, without repetition.
struct TypeList: Equatable {
    let types: [RecordType]

    init(_ types: RecordType...) {
        self.types = types
    }

    init(argument text: String) throws {
        var types: [RecordType] = []
        for word in text.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
            guard let type = RecordType(word) else {
                throw ArgumentProblem(
                    "\"\(word)\" is no record type; write one such as AAAA, or TYPE65280 for a new one")
            }
            if let reason = type.reasonNotToAsk { throw ArgumentProblem("\(type) \(reason)") }
            if types.contains(type) { throw ArgumentProblem("\(type) is given twice") }
            types.append(type)
        }
        self.types = types
    }
}

extension RecordType {
    /// Why a type is no record that could be published and compared.
    fileprivate var reasonNotToAsk: String? {
        guard !isData else { return nil }
        return switch rawValue {
        case 41: "belongs to one message and is in no zone"
        case 249, 250: "secures one exchange and is in no zone"
        case 251, 252: "transfers a zone; ask for the record itself"
        case 255: "is answered as each server likes (RFC 8482); ask for the types that matter"
        default: "stands for no record; such numbers are for questions only (RFC 6895)"
        }
    }
}

extension Duration {
    init(argument text: String) throws {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let units: [Substring: Double] = ["": 1, "ms": 0.001, "s": 1, "m": 60, "h": 3600]
        guard let value = Double(number), let unit = units[text.dropFirst(number.count)], value * unit <= 1_000_000_000
        else { throw ArgumentProblem("it is no time; write seconds, or a number with ms, s, m or h") }
        self = .milliseconds(Int((value * unit * 1000).rounded()))
    }

    init(positiveArgument text: String) throws {
        try self.init(argument: text)
        if self <= .zero { throw ArgumentProblem("it has to be longer than nothing") }
    }
}

extension NagiosRange {
    init(argument text: String) throws {
        guard let range = NagiosRange(text) else {
            throw ArgumentProblem("it is no range; write 90: for at least 90, 10:90 for between, @10:20 for outside")
        }
        self = range
    }
}

/// Numbers with limits.
enum BoundedNumber {
    static func samples(_ text: String) throws -> Int { try number(text, 1...64) }
    static func minOperators(_ text: String) throws -> Int { try number(text, 1...1000) }
    static func verbosity(_ text: String) throws -> Int { try number(text, 0...3) }

    private static func number(_ text: String, _ range: ClosedRange<Int>) throws -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw ArgumentProblem("it has to be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}

enum NameserverArgument {
    static func endpoint(_ text: String) throws -> Endpoint {
        guard let location = HostAndPort(text), let address = location.address else {
            throw ArgumentProblem("it is no address; write 192.0.2.1, 192.0.2.1:5300 or [2001:db8::1]:5300")
        }
        return Endpoint(address, port: location.port)
    }
}

/// The tiers of the list that are asked.
struct TierList: Equatable {
    let tiers: Set<Resolver.Tier>

    static let core = TierList(tiers: [.core])

    private init(tiers: Set<Resolver.Tier>) {
        self.tiers = tiers
    }

    init(argument text: String) throws {
        var tiers: Set<Resolver.Tier> = []
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            if word == "all" {
                tiers.formUnion(Resolver.Tier.allCases)
            } else if let tier = Resolver.Tier(rawValue: String(word)) {
                tiers.insert(tier)
            } else {
                let known = Resolver.Tier.allCases.map(\.rawValue).joined(separator: ", ")
                throw ArgumentProblem("\"\(word)\" is no tier; there are \(known) and all")
            }
        }
        self.tiers = tiers
    }
}

/// A resolver as it is named on the command line.
enum ResolverArgument: Equatable {
    /// An address to ask over UDP or TCP.
    case address(Endpoint)
    case tls(HostAndPort)
    case https(DoHURL)
    /// An entry of the list.
    case entry(id: String)
    /// The machine's own, from its resolv.conf.
    case system

    init(argument text: String) throws {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, parts[1].hasPrefix("//") {
            self = try Self.url(text, scheme: parts[0].lowercased(), rest: parts[1].dropFirst(2))
        } else if text == "system" {
            self = .system
        } else if let location = HostAndPort(text), let address = location.address {
            self = .address(Endpoint(address, port: location.port))
        } else if !text.isEmpty, !text.contains(where: { ":./ ".contains($0) }) {
            self = .entry(id: text)
        } else {
            throw Self.problem
        }
    }

    private static func url(_ text: String, scheme: String, rest: Substring) throws -> ResolverArgument {
        switch scheme {
        case "https":
            guard let url = DoHURL(text) else { throw problem }
            return .https(url)
        case "tls":
            guard let location = HostAndPort(rest), location.isWellFormed else { throw problem }
            return .tls(location)
        case "udp", "tcp":
            guard let location = HostAndPort(rest), let address = location.address else { throw problem }
            return .address(Endpoint(address, port: location.port, transport: scheme == "tcp" ? .tcp : .udp))
        default:
            throw ArgumentProblem("\(scheme):// is not spoken; there are udp, tcp, tls and https")
        }
    }

    private static var problem: ArgumentProblem {
        ArgumentProblem(
            "it is no resolver; write 9.9.9.9, [2001:db8::1]:5300, tls://dns.quad9.net, https://dns.google/dns-query, "
                + "system, or an id that 'dnsconverge resolvers list' shows")
    }
}
