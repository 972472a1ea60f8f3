import DNSModel
import Failover
import Providers

/// Changes of schemes piece by piece, as the API and forms make them. What is wrong comes back by the setting that it is
/// about.
extension SchemeRegistry {
    /// Adds a scheme under a name that is free.
    func add(
        _ name: String, _ settings: SettingNode, who: String, by origin: SettingOrigin = .network
    ) async throws(RegistryRefusal) {
        guard self[SchemeName(name)] == nil else { throw .taken(name) }
        try await save(name, settings, who: who, by: origin)
    }

    /// Gives a scheme other settings, or adds it; whether it was added.
    func put(
        _ name: String, _ settings: SettingNode, who: String, by origin: SettingOrigin
    ) async throws(RegistryRefusal) -> Bool {
        let isNew = self[SchemeName(name)] == nil
        if !isNew { _ = try editable(SchemeName(name)) }
        try await save(name, settings, who: who, by: origin)
        return isNew
    }

    /// Adds a server to a scheme that does not stand in the configuration file.
    func addServer(
        _ server: String, _ settings: SettingNode, to name: SchemeName, who: String,
        by origin: SettingOrigin = .network
    ) async throws(RegistryRefusal) {
        let source = try editable(name)
        guard source[["servers", server]] == nil else { throw .taken(server) }
        try await save(name.text, source.setting(["servers", server], to: settings), who: who, by: origin)
    }

    /// Gives a server other settings.
    func replaceServer(
        _ server: String, _ settings: SettingNode, of name: SchemeName, who: String, by origin: SettingOrigin
    ) async throws(RegistryRefusal) {
        let source = try editable(name)
        guard source[["servers", server]] != nil else { throw .noServer(server) }
        try await save(name.text, source.setting(["servers", server], to: settings), who: who, by: origin)
    }

    /// Takes a server away, which must not be the last.
    func removeServer(
        _ server: String, from name: SchemeName, who: String, by origin: SettingOrigin = .network
    ) async throws(RegistryRefusal) {
        let source = try editable(name)
        guard source[["servers", server]] != nil else { throw .noServer(server) }
        guard source[["servers"]]?.members.count ?? 0 > 1 else {
            throw RegistryRefusal([], "it is the last server: remove the scheme, or add another server before")
        }
        try await save(name.text, source.setting(["servers", server], to: nil), who: who, by: origin)
    }

    private func save(
        _ name: String, _ settings: SettingNode, who: String, by origin: SettingOrigin
    ) async throws(RegistryRefusal) {
        do throws(ConfigurationErrors) { try await store(name, settings, who: who, by: origin) } catch {
            throw RegistryRefusal(error.problems)
        }
    }

    private func editable(_ name: SchemeName) throws(RegistryRefusal) -> SettingNode {
        guard let scheme = self[name] else {
            var refusal = RegistryRefusal([], "there is no scheme “\(PrintableText(name.text).text)”")
            refusal.isMissing = true
            throw refusal
        }
        guard !isInFile(name) else {
            throw RegistryRefusal([], "scheme \(name) stands in the configuration file: change it there, and reload")
        }
        return scheme.source
    }
}

/// Why a scheme was not changed: what is wrong with its settings, and what no setting is to blame for.
struct RegistryRefusal: Error {
    let problems: [SettingProblem]
    let others: [String]
    /// What was to be changed is not there.
    var isMissing = false
    /// What was to be added is there.
    var isTaken = false

    init(_ problems: [SettingProblem], _ others: String...) {
        self.problems = problems
        self.others = others
    }

    fileprivate static func taken(_ name: String) -> RegistryRefusal {
        var refusal = RegistryRefusal([
            SettingProblem(
                place: nil, field: "name", message: "“\(PrintableText(name).text)” is taken: give another")
        ])
        refusal.isTaken = true
        return refusal
    }

    fileprivate static func noServer(_ name: String) -> RegistryRefusal {
        var refusal = RegistryRefusal([], "there is no server “\(PrintableText(name).text)”")
        refusal.isMissing = true
        return refusal
    }
}

extension RegistryRefusal {
    /// The form that it came from, with what is wrong at the fields that it is about.
    func placed(in form: FormState, server prefix: String, known: Set<String>) -> FormState {
        var form = FormReading.form(form, with: problems, server: prefix, known: known)
        form.others += others
        return form
    }
}

extension SchemeRegistry {
    /// A status with what the engine does not know of a scheme.
    func describing(_ status: SchemeStatus) -> SchemeStatus {
        guard let scheme = self[SchemeName(status.name)] else { return status }
        var status = status
        status.provider = type(of: scheme.provider).kind
        status.source = isInFile(scheme.scheme.name) ? .file : .store
        for index in status.servers.indices {
            let check = scheme.checks[ServerName(status.servers[index].name)]
            status.servers[index].check = check.map { type(of: $0.check).kind }
        }
        return status
    }
}
