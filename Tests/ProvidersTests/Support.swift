import DNSModel
import TestSupport
import Wire

@testable import Providers

/// Settings as a configuration would give them, each on a line of its own.
struct Settings {
    var fields: [(key: String, value: SettingNode)] = []
    /// What `env:NAME` stands for.
    var secrets: [String: String] = [:]

    init(_ fields: KeyValuePairs<String, String>, secrets: [String: String] = [:]) {
        self.fields = fields.map { ($0.key, SettingNode(.scalar($0.value, isQuoted: false))) }
        self.secrets = secrets
    }

    func with(_ key: String, _ value: String) -> Settings {
        var settings = self
        settings.fields.removeAll { $0.key == key }
        settings.fields.append((key, SettingNode(.scalar(value, isQuoted: false))))
        return settings
    }

    func without(_ key: String) -> Settings {
        var settings = self
        settings.fields.removeAll { $0.key == key }
        return settings
    }

    var reader: SettingReader {
        let members = fields.enumerated().map { index, field in
            let node = SettingNode(field.value.value, place: .init(line: index + 1, column: field.key.count + 3))
            return SettingNode.Member(key: field.key, place: .init(line: index + 1, column: 1), node: node)
        }
        let secrets = secrets
        return SettingReader(SettingNode(.mapping(members)), path: "provider") { reference throws(SecretProblem) in
            guard let secret = secrets[reference] else { throw SecretProblem("\(reference) is not there") }
            return Secret(secret)
        }
    }

    /// The provider, or every problem.
    func provider() throws(SettingProblems) -> any Provider {
        var reader = reader
        let provider = Providers.provider(reading: &reader)
        reader.finish()
        guard let provider, reader.problems.isEmpty else { throw SettingProblems(list: reader.problems) }
        return provider
    }
}

struct SettingProblems: Error, CustomStringConvertible {
    let list: [SettingProblem]
    var description: String { list.map(\.description).joined(separator: "\n") }
}

extension Network {
    /// Everything that providers need, with HTTP as the program has it.
    static func loopback() throws -> Network {
        Network(
            engine: try QueryEngine(), http: HTTPClient(), root: RootHints.builtIn.delegation,
            resolvers: ResolverList(resolvers: []))
    }
}

extension RRsetChange {
    /// A change of `cat.example.org` between addresses, or of another name.
    static func of(
        _ name: String = "cat.example.org", _ type: RecordType = .a, from old: [String]?, to new: [String],
        ttl: UInt32? = nil
    ) throws -> RRsetChange {
        func data(_ texts: [String]) throws -> Set<RecordData> {
            Set(try texts.map { try RecordData(parsing: $0, type: type) })
        }
        return RRsetChange(
            name: try DomainName(name), type: type, ttl: ttl.map { TTL($0) }, old: try old.map(data), new: try data(new)
        )
    }
}

extension Provider {
    /// Makes one change.
    func apply(_ change: RRsetChange, over network: Network) async throws -> ProviderReply {
        try await apply([change], over: network)[0].get()
    }
}

extension LoopbackService {
    /// The values that an RRset has, in order.
    func values(_ name: String = "cat.example.org", _ type: String = "A") async throws -> [String] {
        let records = try await control()["records"]?.elements ?? []
        return records.filter { $0["name"]?.string == name && $0["type"]?.string == type }.flatMap { record in
            record["values"]?.elements.compactMap(\.string) ?? [record["content"]?.string].compactMap(\.self)
        }.sorted()
    }

    var requestCount: Int { log.count }

    /// Requests that were there to change something, as method and path.
    func writes(_ methods: Set<String>) -> [String] {
        log.compactMap { line in
            guard let method = line["method"]?.string, methods.contains(method) else { return nil }
            return "\(method) \(line["path"]?.string ?? "")"
        }
    }
}
