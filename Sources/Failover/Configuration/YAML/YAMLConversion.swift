import DNSModel
import Yams

/// Turns the parser's nodes into settings: aliases and merge keys filled in, keys unique.
struct YAMLConversion {
    private(set) var problems: [SettingProblem] = []
    /// Aliases of aliases can stand for far more than anybody has written.
    private var nodesLeft: Int
    private let marker: RepetitionMarker

    private static let depthLimit = 32

    init(nodeLimit: Int, repetitionMarker: RepetitionMarker) {
        nodesLeft = nodeLimit
        marker = repetitionMarker
    }

    mutating func node(_ node: Node, path: String, depth: Int) -> SettingNode {
        let place = SettingNode.Place(node.mark)
        guard depth <= Self.depthLimit else {
            note(node, path, "is nested too deep: no setting lies deeper than \(Self.depthLimit) levels")
            return SettingNode(.null, place: place)
        }
        nodesLeft -= 1
        guard nodesLeft > 0 else {
            if nodesLeft == 0 { note(node, path, "its aliases stand for too much: write it out") }
            return SettingNode(.null, place: place)
        }
        checkTag(node, path)
        switch node {
        case .scalar(let scalar): return SettingNode(Self.value(scalar), place: place)
        case .sequence(let elements):
            let nodes = elements.enumerated().map { index, element in
                self.node(element, path: "\(path)[\(index + 1)]", depth: depth + 1)
            }
            return SettingNode(.list(nodes), place: place)
        case .mapping(let mapping):
            return SettingNode(.mapping(members(mapping, path: path, depth: depth)), place: place)
        case .alias: return SettingNode(.null, place: place)
        }
    }

    private static func value(_ scalar: Node.Scalar) -> SettingNode.Value {
        let isQuoted = [.singleQuoted, .doubleQuoted, .literal, .folded].contains(scalar.style)
        if !isQuoted, ["", "~", "null", "Null", "NULL"].contains(scalar.string) { return .null }
        return .scalar(scalar.string, isQuoted: isQuoted)
    }

    private mutating func members(_ mapping: Node.Mapping, path: String, depth: Int) -> [SettingNode.Member] {
        var members: [SettingNode.Member] = []
        var places: [String: SettingNode.Place] = [:]
        var merged: [SettingNode.Member] = []
        for (key, value) in mapping where nodesLeft > 0 {
            guard case .scalar(let scalar) = key else {
                note(key, path, "a key is \(key.kind): give a word")
                continue
            }
            let name = marker.original(scalar.string)
            if name == "<<", scalar.style == .plain {
                merged += merge(value, path: path, depth: depth)
                continue
            }
            let place = SettingNode.Place(key.mark) ?? SettingNode.Place(line: 1, column: 1)
            let field = path.isEmpty ? PrintableText(name).text : "\(path).\(PrintableText(name).text)"
            if let first = places[name] {
                note(key, field, "is given twice, first in line \(first.line): remove one of them")
                continue
            }
            places[name] = place
            members.append(
                SettingNode.Member(key: name, place: place, node: node(value, path: field, depth: depth + 1)))
        }
        for member in merged where places[member.key] == nil {
            places[member.key] = member.place
            members.append(member)
        }
        return members
    }

    /// What a merge key brings: the members of a group, or of several, of which the earlier one wins.
    private mutating func merge(_ value: Node, path: String, depth: Int) -> [SettingNode.Member] {
        switch value {
        case .mapping(let mapping): return members(mapping, path: path, depth: depth + 1)
        case .sequence(let sequence):
            return sequence.flatMap { element in merge(element, path: path, depth: depth + 1) }
        default:
            note(value, path, "<< merges \(value.kind): give a group, as in <<: *name")
            return []
        }
    }

    private mutating func checkTag(_ node: Node, _ path: String) {
        let tag = node.tag.rawValue
        guard !Self.plainTags.contains(tag) else { return }
        note(node, path, "has the tag \(PrintableText(tag).text), which means nothing here: remove it")
    }

    /// Those that say no more than the text itself.
    private static let plainTags = Set(
        ["str", "int", "float", "bool", "null", "seq", "map"].map { "tag:yaml.org,2002:\($0)" } + ["", "!"])

    private mutating func note(_ node: Node, _ field: String, _ message: String) {
        problems.append(SettingProblem(place: SettingNode.Place(node.mark), field: field, message: message))
    }
}

extension SettingNode.Place {
    init?(_ mark: Mark?) {
        guard let mark else { return nil }
        self.init(line: mark.line, column: mark.column)
    }
}

extension Node {
    fileprivate var kind: String {
        switch self {
        case .scalar: "a single value"
        case .sequence: "a list"
        case .mapping: "a group"
        case .alias: "an alias"
        }
    }
}
