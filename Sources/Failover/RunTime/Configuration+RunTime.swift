import DNSModel

extension Configuration {
    /// Reads a scheme that is given while the program runs. Secrets that are written out go into files; the scheme's
    /// source refers to these.
    package func scheme(
        _ name: String, from source: SettingNode, by origin: SettingOrigin, insteadOf old: SettingNode?,
        secrets: SecretStore
    ) throws(ConfigurationErrors) -> ConfiguredScheme {
        let subject = "scheme \(PrintableText(name).text)"
        let objections = origin.objections(to: source, insteadOf: old, secrets: secrets)
        guard objections.isEmpty else { throw ConfigurationErrors(subject: subject, problems: objections) }
        do throws(ConfigurationErrors) {
            return try scheme(name, from: source).scheme
        } catch {
            let literals = error.problems.filter(\.isLiteralSecret)
            guard !literals.isEmpty, literals.count == error.problems.count else {
                // What else is wrong has to be put right first: no file is written for settings that are not taken.
                let others = error.problems.filter { !$0.isLiteralSecret }
                throw ConfigurationErrors(subject: subject, problems: others)
            }
            return try scheme(name, from: source, keeping: literals, secrets)
        }
    }

    private func scheme(
        _ name: String, from source: SettingNode, keeping literals: [SettingProblem], _ secrets: SecretStore
    ) throws(ConfigurationErrors) -> ConfiguredScheme {
        var (source, written) = (source, [String]())
        do throws(ConfigurationErrors) {
            for literal in literals {
                guard case .scalar(let text, _)? = source[literal.path]?.value else {
                    throw ConfigurationErrors(subject: "scheme \(name)", problems: [literal])
                }
                let reference: String
                do throws(SecretProblem) {
                    reference = try secrets.keep(Secret(text), of: SchemeName(name))
                } catch {
                    let problem = SettingProblem(place: nil, field: literal.field, message: error.message)
                    throw ConfigurationErrors(subject: "scheme \(name)", problems: [problem])
                }
                written.append(reference)
                source = source.setting(literal.path, to: SettingNode(.scalar(reference, isQuoted: true)))
            }
            return try scheme(name, from: source).scheme
        } catch {
            secrets.forget(written)
            throw error
        }
    }
}
