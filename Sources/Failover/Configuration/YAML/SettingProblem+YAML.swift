import DNSModel
import Yams

extension SettingProblem {
    /// What libyaml found wrong, with what to do about it where that is known.
    init(_ error: YamlError, in text: String) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let place = SettingNode.Place(line: mark.line, column: mark.column)
            guard !problem.hasPrefix("Maximum nesting") else {
                self.init(place: place, field: "", message: "is nested too deep: no setting lies that deep")
                return
            }
            let context = context.map { "\($0.text) that begins in line \($0.mark.line), " } ?? ""
            self.init(
                place: place, field: "", message: "no YAML: \(context)\(problem)\(Self.remedy(problem, place, text))")
        case .reader(let problem, let offset, _, _):
            let place = offset.map { Self.place(at: $0, in: text) }
            self.init(place: place, field: "", message: "no YAML: \(problem): remove the character")
        case .duplicatedKeysInMapping(let keys, let context):
            let place = SettingNode.Place(line: context.mark.line, column: context.mark.column)
            let key = keys.first ?? ""
            self.init(
                place: place, field: "", message: "the key “\(PrintableText(key).text)” is given twice: remove one")
        default:
            self.init(place: nil, field: "", message: "cannot be read as YAML: \(error)")
        }
    }

    private static func remedy(_ problem: String, _ place: SettingNode.Place, _ text: String) -> String {
        let lines = text.split(separator: "\n", maxSplits: place.line, omittingEmptySubsequences: false)
        let line = place.line <= lines.count ? lines[place.line - 1] : ""
        if line.prefix(while: { $0 == " " || $0 == "\t" }).contains("\t") {
            return "; a tab cannot indent: use spaces"
        }
        let character = line.unicodeScalars.dropFirst(place.column - 1).first
        return switch (problem, character) {
        case ("found character that cannot start any token", let character?):
            "; put the text that starts with \(character) in quotes"
        case ("mapping values are not allowed in this context", _):
            "; put text that has “: ” in it in quotes, and let settings of one group begin in one column"
        case ("did not find expected key", _), ("did not find expected '-' indicator", _):
            "; let settings of one group begin in one column"
        case ("found undefined alias", _): "; give it a name with & before it is used"
        case ("but found another document", _): "; put everything into one document, without --- between"
        default: ""
        }
    }

    private static func place(at offset: Int, in text: String) -> SettingNode.Place {
        let before = text.prefix(offset)
        let line = before.split(separator: "\n", omittingEmptySubsequences: false)
        return SettingNode.Place(line: line.count, column: (line.last?.unicodeScalars.count ?? 0) + 1)
    }
}
