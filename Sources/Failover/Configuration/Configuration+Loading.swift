import DNSModel
import FoundationEssentials
import Providers

extension Configuration {
    /// Reads a file, or throws everything that is wrong with it.
    ///
    /// Paths in it are relative to its own directory. `heartbeats` are kept from an earlier reading.
    package static func load(
        path: String, environment: [String: String] = ProcessInfo.processInfo.environment,
        providerKinds: [any Provider.Type] = Providers.kinds, heartbeats: HeartbeatBoard = HeartbeatBoard()
    ) throws(ConfigurationErrors) -> Configuration {
        let octets: [UInt8]
        do {
            octets = try SmallFile.contents(of: path, limit: YAMLDocument.sizeLimit)
        } catch {
            let problem = SettingProblem(place: nil, field: "", message: "\(error.reason): give the path of a file")
            throw ConfigurationErrors(subject: path, problems: [problem])
        }
        let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let references = SecretReferences(environment: environment, directory: directory.isEmpty ? "/" : directory)
        let context = ConfigurationContext(
            references: references, providerKinds: providerKinds, heartbeats: heartbeats)
        return try Configuration(octets, subject: path, context)
    }

    package init(
        _ octets: [UInt8], subject: String, _ context: ConfigurationContext
    ) throws(ConfigurationErrors) {
        let document: YAMLDocument
        do throws(SettingProblem) {
            document = try YAMLDocument(octets)
        } catch {
            throw ConfigurationErrors(subject: subject, problems: [error])
        }
        var settings = context.reader(document.root, path: "")
        let configuration = Configuration(reading: &settings, context)
        let problems = document.problems + settings.problems
        guard let configuration, problems.isEmpty else {
            throw ConfigurationErrors(subject: subject, problems: problems)
        }
        self = configuration
        warnings = (settings.warnings + context.exposedSecrets(in: document.root)).inOrder
    }

    /// Reads one scheme that comes from elsewhere: from a form, the API or the store.
    package func scheme(
        _ name: String, from source: SettingNode
    ) throws(ConfigurationErrors) -> (scheme: ConfiguredScheme, warnings: [SettingProblem]) {
        let subject = "scheme \(PrintableText(name).text)"
        var settings = surroundings.context.reader(source, path: "")
        if !name.isPlainName {
            settings.note("“\(PrintableText(name).text)” is no name: \(String.plainNameRule)")
        }
        let scheme = ConfiguredScheme.read(SchemeName(name), &settings, source: source, surroundings)
        settings.finish()
        if let scheme, let owner = schemes.first(where: { $0.scheme.hasSameRecord(as: scheme.scheme) }) {
            settings.note("record.name", "is the record of the scheme \(owner.scheme.name) already: give another")
        }
        guard let scheme, settings.problems.isEmpty else {
            throw ConfigurationErrors(subject: subject, problems: settings.problems)
        }
        return (scheme, settings.warnings)
    }

    /// Reads what `exported` has written: one scheme or several, by their names.
    package func schemes(fromYAML octets: [UInt8]) throws(ConfigurationErrors) -> [ConfiguredScheme] {
        let document: YAMLDocument
        do throws(SettingProblem) {
            document = try YAMLDocument(octets)
        } catch {
            throw ConfigurationErrors(subject: "schemes", problems: [error])
        }
        guard case .mapping(var members) = document.root.value, document.problems.isEmpty else {
            throw ConfigurationErrors(subject: "schemes", problems: document.problems)
        }
        // With the group's own key above them, as in a configuration, they are understood as well.
        if members.count == 1, members[0].key == "schemes", case .mapping(let inner) = members[0].node.value {
            members = inner
        }
        var schemes: [ConfiguredScheme] = []
        for member in members { schemes.append(try scheme(member.key, from: member.node).scheme) }
        return schemes
    }
}

extension Scheme {
    func hasSameRecord(as other: Scheme) -> Bool { name != other.name && record.name == other.record.name }
}
