import DNSModel
import Providers

/// Where settings come from that are given while the program runs, which says what they may do.
///
/// Whoever may use the daemon's socket may do what the daemon's user may. Somebody who comes over the network may not: no
/// program is run for them, and no file or variable is read whose text they could have sent to a server of their own.
package enum SettingOrigin: Hashable, Sendable {
    /// The socket of commands.
    case command
    /// The API or a page.
    case network

    /// What these settings must not say; `old` are those that they replace.
    func objections(to settings: SettingNode, insteadOf old: SettingNode?, secrets: SecretStore) -> [SettingProblem] {
        guard self == .network else { return [] }
        let known = Set(old?.texts ?? [])
        return settings.places(path: []).compactMap { path, node in
            let field = path.joined(separator: ".")
            switch node.value {
            case .scalar(let text, _)
            where (text.hasPrefix("env:") || text.hasPrefix("file:")) && !known.contains(text) && !secrets.owns(text):
                return problem(
                    field, "cannot refer to the daemon's files or variables from here: give the secret itself")
            case .mapping(let members):
                guard let key = members.first(where: { Self.programs.contains($0.key) })?.key else { return nil }
                let isKept = old?[path + [key]].map { old in
                    settings[path + [key]].map { old.saysTheSame(as: $0) } ?? false
                }
                return isKept == true ? nil : problem("\(field).\(key)", Self.noPrograms)
            case .scalar("exec", _) where path == ["provider", "kind"] || path == ["provider"]:
                return old?[path]?.texts == ["exec"] ? nil : problem(field, Self.noPrograms)
            default: return nil
            }
        }
    }

    /// Keys below which programs stand: checks, providers, hooks and notifications.
    private static let programs: Set<String> = ["exec", "hooks", "command", "run"]
    private static let noPrograms =
        "names a program: that can only be done in the configuration file, or with 'dnsconverge scheme add'"

    private func problem(_ field: String, _ message: String) -> SettingProblem {
        SettingProblem(place: nil, field: field.hasPrefix(".") ? String(field.dropFirst()) : field, message: message)
    }
}

extension SettingNode {
    /// All nodes with their paths, the outer ones first.
    fileprivate func places(path: [String]) -> [(path: [String], node: SettingNode)] {
        switch value {
        case .null, .scalar: [(path, self)]
        case .list(let nodes):
            [(path, self)] + nodes.enumerated().flatMap { $0.element.places(path: path + ["\($0.offset)"]) }
        case .mapping(let members): [(path, self)] + members.flatMap { $0.node.places(path: path + [$0.key]) }
        }
    }
}
