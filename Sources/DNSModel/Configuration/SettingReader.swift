/// Reads the settings of one group and notes every problem, so that all of them can be told at once.
///
/// A method that gives nil has noted a problem, or the setting is not there. `finish` notes the keys that nobody asked
/// for. The group counts as read only when `problems` is empty afterwards.
package struct SettingReader {
    /// Finds the text behind `env:NAME` or `file:PATH`; throws why there is none.
    package typealias SecretLookup = @Sendable (_ reference: String) throws(SecretProblem) -> Secret

    package let path: String
    package let place: SettingNode.Place?
    package private(set) var problems: [SettingProblem] = []
    /// What works and is not as it should be.
    package private(set) var warnings: [SettingProblem] = []
    private let members: [SettingNode.Member]
    /// The key that the group stands for, where a value alone was given instead of a group.
    private let shortKey: String?
    private let isGroup: Bool
    private let secrets: SecretLookup
    private var asked: Set<String> = []

    /// With `short` a value alone, or a list, is taken for a group that has it under that key.
    package init(_ node: SettingNode, path: String, short: String? = nil, secrets: @escaping SecretLookup) {
        self.path = path
        self.secrets = secrets
        place = node.place
        switch (node.value, short) {
        case (.mapping(let members), _):
            (self.members, shortKey, isGroup) = (members, nil, true)
        case (.null, _):
            (members, shortKey, isGroup) = ([], nil, true)
        case (_, let short?):
            let place = node.place ?? SettingNode.Place(line: 1, column: 1)
            (members, shortKey, isGroup) = ([SettingNode.Member(key: short, place: place, node: node)], short, true)
        default:
            (members, shortKey, isGroup) = ([], nil, false)
            problems.append(
                SettingProblem(place: node.place, field: path, message: "is \(node.kind); give a group of settings"))
        }
    }

    /// The keys that stand there, in their order.
    package var keys: [String] { members.map(\.key) }

    /// The node of `key`, which counts as read from now on.
    package mutating func node(_ key: String) -> SettingNode? {
        asked.insert(key)
        return members.first { $0.key == key }?.node
    }

    /// Reads one level deeper and takes over the problems that come up there.
    package mutating func nested<Result>(
        _ node: SettingNode, _ key: String, short: String? = nil, _ body: (inout SettingReader) -> Result
    ) -> Result {
        var reader = SettingReader(node, path: path(to: key), short: short, secrets: secrets)
        let result = body(&reader)
        problems += reader.problems
        warnings += reader.warnings
        return result
    }

    /// Reads the group of settings that stands under `key`, and notes the keys there that `body` did not ask for; nil when
    /// there is none.
    package mutating func group<Result>(_ key: String, _ body: (inout SettingReader) -> Result) -> Result? {
        guard let node = node(key) else { return nil }
        return nested(node, key) { reader in
            let result = body(&reader)
            reader.finish()
            return result
        }
    }

    /// The text of a single value.
    package mutating func text(_ key: String) -> String? {
        guard let node = node(key) else { return nil }
        guard case .scalar(let text, _) = node.value, !text.isEmpty else {
            note(key, "is \(node.isEmptyText ? "empty" : node.kind); give one value")
            return nil
        }
        return text
    }

    /// A value that `parse` understands; `form` says what to give: `a number from 1 to 100`.
    package mutating func value<Result>(_ key: String, form: String, parse: (String) -> Result?) -> Result? {
        guard let text = text(key) else { return nil }
        guard let result = parse(text) else {
            note(key, "“\(PrintableText(text).text)” is wrong: give \(form)")
            return nil
        }
        return result
    }

    /// Notes that `key` is missing when it is; `value` is what was read of it.
    package mutating func required<Result>(_ key: String, _ value: Result?, form: String) -> Result? {
        if value == nil, isGroup, !keys.contains(key) {
            note("needs \(key): give \(form)")
        }
        return value
    }

    /// A secret that stands elsewhere. The text of a literal one is in no message.
    package mutating func secret(_ key: String) -> Secret? {
        guard let text = text(key) else { return nil }
        guard text.hasPrefix("env:") || text.hasPrefix("file:") else {
            let message = "is written out; put it into a variable or a file and give env:NAME or file:PATH"
            problems.append(
                SettingProblem(place: place(of: key), field: path(to: key), message: message, isLiteralSecret: true))
            return nil
        }
        do {
            return try secrets(text)
        } catch {
            note(key, error.message)
            return nil
        }
    }

    /// Notes a problem of the setting `key`, at its value or, without one, where the group begins.
    package mutating func note(_ key: String, _ message: String) {
        problems.append(problem(key, message))
    }

    /// Notes that the setting `key` works and is not as it should be.
    package mutating func warn(_ key: String, _ message: String) {
        warnings.append(problem(key, message))
    }

    /// Notes a problem of the group as a whole.
    package mutating func note(_ message: String) {
        problems.append(SettingProblem(place: place, field: path, message: message))
    }

    /// Notes a problem that was found by other means.
    package mutating func note(_ problem: SettingProblem) {
        problems.append(problem)
    }

    /// Notes keys that nobody has asked for.
    package mutating func finish() {
        for member in members where !asked.contains(member.key) {
            let name = PrintableText(member.key).text
            let message = NearestWord.suggestion(for: member.key, among: asked, as: "setting")
            problems.append(SettingProblem(place: member.place, field: path(to: name), message: message))
        }
    }

    private func problem(_ key: String, _ message: String) -> SettingProblem {
        SettingProblem(place: place(of: key), field: path(to: key), message: message)
    }

    /// Where the value of `key` stands, which may lie deeper: `record.ttl`; the nearest group's where there is none.
    private func place(of key: String) -> SettingNode.Place? {
        var (members, found) = (members, place)
        for part in key.split(separator: ".") {
            guard let node = members.first(where: { $0.key == part })?.node else { break }
            found = node.place ?? found
            guard case .mapping(let deeper) = node.value else { break }
            members = deeper
        }
        return found
    }

    func path(to key: String) -> String {
        guard key != shortKey else { return path }
        // The elements of a list follow their list without a dot: of[2].
        return path.isEmpty || key.hasPrefix("[") ? path + key : "\(path).\(key)"
    }
}

/// Why a secret could not be had: what is missing and what to do, never its text.
package struct SecretProblem: Error, Hashable, Sendable {
    package let message: String

    package init(_ message: String) {
        self.message = message
    }
}
