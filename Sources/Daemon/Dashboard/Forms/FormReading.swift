import DNSModel

/// Makes settings of what was typed into forms, and finds the fields that problems of those settings are about.
enum FormReading {
    /// A server as it stands below `servers`.
    static func server(_ form: FormState, prefix: String = "") -> (name: String, settings: SettingNode) {
        var members: [(String, SettingNode)] = []
        let addresses = form[prefix + "address"].split { $0 == " " || $0 == "," }.map { SettingNode.text(String($0)) }
        if !addresses.isEmpty {
            members.append(("address", addresses.count == 1 ? addresses[0] : SettingNode(.list(addresses))))
        }
        members.append(contentsOf: texts(["priority"], form, prefix))
        members.append(("check", check(form, prefix)))
        return (form[prefix + "name"], .group(members))
    }

    /// A scheme as it stands below `schemes`, with its first server.
    static func scheme(_ form: FormState) -> (name: String, settings: SettingNode) {
        let server = server(form, prefix: "server.")
        let provider = ProviderForm.of(form["provider.kind"])
        var members: [(String, SettingNode)] = [("record", .group(texts(["name", "ttl"], form, "record.")))]
        members += texts(["alias"], form)
        members.append(
            (
                "provider",
                .group([("kind", .text(provider.kind))] + texts(provider.fields.map(\.name), form, "provider."))
            ))
        let policy = texts(["mode", "failback", "all_down", "fall", "rise", "min_interval"], form, "policy.")
        if !policy.isEmpty { members.append(("policy", .group(policy))) }
        members.append(("servers", .group([(server.name, server.settings)])))
        return (form["name"], .group(members))
    }

    /// Those settings of the chosen kind alone that somebody has filled in.
    private static func check(_ form: FormState, _ prefix: String) -> SettingNode {
        let kind = CheckForm.all.first { $0.kind == form[prefix + "check"] } ?? CheckForm.all[0]
        let names = kind.fields.map { String($0.name.dropFirst("check.".count)) }
        var members = texts(names, form, prefix + "check.")
        if !names.contains(kind.kind) || members.allSatisfy({ $0.0 != kind.kind }) {
            members.insert((kind.kind, SettingNode(.null)), at: 0)
        }
        return .group(members + texts(["interval"], form, prefix + "check."))
    }

    private static func texts(_ names: [String], _ form: FormState, _ prefix: String = "") -> [(String, SettingNode)] {
        names.compactMap { name in
            let text = form[prefix + name]
            return text.isEmpty ? nil : (name, .text(text))
        }
    }

    /// The form with the problems of its settings, each at the field that it is about.
    ///
    /// `known` are the names of the form's fields; a setting below one of them is that one's.
    static func form(_ form: FormState, with problems: [SettingProblem], server prefix: String, known: Set<String>)
        -> FormState
    {
        var form = form
        for problem in problems {
            let field = name(problem.field, server: prefix)
            if let known = nearest(field, known) {
                form.problems[known] = form.problems[known] ?? problem.message
            } else {
                form.others.append(problem.field.isEmpty ? problem.message : "\(problem.field): \(problem.message)")
            }
        }
        return form
    }

    /// `servers.charlie.check.http` is `server.check.http` in the form of a scheme, and `check.http` in that of a server.
    private static func name(_ field: String, server prefix: String) -> String {
        let parts = field.split(separator: ".").map(String.init)
        guard parts.first == "servers", parts.count > 1 else { return field }
        return prefix + (parts.count == 2 ? "name" : parts.dropFirst(2).joined(separator: "."))
    }

    private static func nearest(_ field: String, _ known: Set<String>) -> String? {
        var parts = field.split(separator: ".").map(String.init)
        while !parts.isEmpty {
            let name = parts.joined(separator: ".")
            if known.contains(name) { return name }
            parts.removeLast()
        }
        return nil
    }
}

extension SettingNode {
    fileprivate static func text(_ text: String) -> SettingNode { SettingNode(.scalar(text, isQuoted: false)) }

    fileprivate static func group(_ members: [(String, SettingNode)]) -> SettingNode {
        SettingNode(.mapping(members.map { Member(key: $0.0, place: nil, node: $0.1) }))
    }
}
