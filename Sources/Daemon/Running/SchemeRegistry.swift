import DNSModel
import Failover
import FoundationEssentials
import Logging

/// The schemes that are run: those of the configuration file, which only the file changes, and those that were added while
/// the daemon ran, which the journal keeps.
actor SchemeRegistry {
    private let works: Works
    private let journal: any Journal
    private var configuration: Configuration
    private var added: [SchemeName: ConfiguredScheme] = [:]

    init(_ configuration: Configuration, works: Works, journal: any Journal) {
        self.configuration = configuration
        self.works = works
        self.journal = journal
    }

    /// Begins with the file's schemes and the journal's. One of the journal's that is understood no longer is left out.
    func start() async {
        for (name, stored) in await journal.state().schemes.sorted(by: { $0.key < $1.key }) {
            do throws(ConfigurationErrors) {
                for scheme in try configuration.schemes(fromYAML: Array(stored.document.utf8)) {
                    added[scheme.scheme.name] = scheme
                }
            } catch {
                works.logger.error("scheme \(name), which \(stored.madeBy) added, is left out: \(error)")
            }
        }
        await apply()
    }

    /// Goes on with another reading of the file.
    func replace(_ configuration: Configuration) async {
        self.configuration = configuration
        await apply()
    }

    /// Adds schemes, or replaces added ones; their names.
    func add(_ yaml: [UInt8], who: String) async throws(RegistryProblem) -> [SchemeName] {
        let schemes: [ConfiguredScheme]
        do throws(ConfigurationErrors) {
            schemes = try configuration.schemes(fromYAML: yaml)
        } catch {
            throw RegistryProblem(error.problems.map { $0.line(in: error.subject) }.joined(separator: "; "))
        }
        let names = schemes.map(\.scheme.name)
        if let name = names.first(where: isInFile) {
            throw RegistryProblem("scheme \(name) stands in the configuration file: change it there, and reload")
        }
        let now = Date()
        await journal.commit(
            schemes.map { scheme in
                JournalRecord(
                    at: now, scheme: scheme.scheme.name,
                    .schemeStored(
                        StoredScheme(
                            name: scheme.scheme.name, settings: scheme.source.yaml, madeAt: now, madeBy: who)))
            })
        for scheme in schemes { added[scheme.scheme.name] = scheme }
        await apply()
        return names
    }

    func remove(_ name: SchemeName, who: String) async throws(RegistryProblem) {
        if isInFile(name) {
            throw RegistryProblem("scheme \(name) stands in the configuration file: take it out there, and reload")
        }
        guard added.removeValue(forKey: name) != nil else { throw RegistryProblem("there is no scheme “\(name)”") }
        await journal.commit([JournalRecord(at: Date(), scheme: name, .schemeRemoved(who: who))])
        await apply()
    }

    /// A scheme, or all of them, as a configuration has them below `schemes`.
    func exported(_ name: SchemeName?) -> String? {
        let chosen = all.filter { name == nil || $0.scheme.name == name }
        return chosen.isEmpty && name != nil ? nil : chosen.map(\.exported).joined()
    }

    private var all: [ConfiguredScheme] {
        configuration.schemes + added.sorted { $0.key < $1.key }.map(\.value).filter { !isInFile($0.scheme.name) }
    }

    private func isInFile(_ name: SchemeName) -> Bool { configuration.schemes.contains { $0.scheme.name == name } }

    private func apply() async {
        for warning in configuration.warnings { works.logger.warning("\(warning)") }
        let before = await works.engine.names
        await works.apply(all)
        for name in Set(before).union(all.map(\.scheme.name)) { works.hub.changed(name) }
    }
}

/// Why a scheme was not added or removed; a line for each problem.
struct RegistryProblem: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension StoredScheme {
    /// The scheme as a document of its own, its settings below its name.
    fileprivate var document: String {
        let lines = settings.split(separator: "\n")
        return "\(name):\n" + lines.map { "  \($0)\n" }.joined()
    }
}
