import DNSModel
import Glibc

/// A program and its arguments. No shell sees them.
package struct ProgramCall: Hashable, Sendable {
    package let path: String
    package let arguments: [String]

    package init(path: String, arguments: [String] = []) {
        self.path = path
        self.arguments = arguments
    }
}

extension SettingReader {
    /// A command: words on a line, of which quotes keep together what belongs together, or a list of words.
    mutating func program(_ key: String) -> ProgramCall? {
        guard let node = node(key) else { return nil }
        let words: [String]
        switch node.value {
        case .scalar(let text, _):
            guard let split = CommandWords.split(text) else {
                note(key, "has a quote that does not end: close it, or give a list of words")
                return nil
            }
            words = split
        case .list:
            // An argument may be empty, which no other value of ours may be.
            guard let texts = texts(key) else { return nil }
            words = texts
        default:
            note(key, "is \(node.kind): give a program and its arguments")
            return nil
        }
        guard let program = words.first, !program.isEmpty else {
            note(key, "is empty: give a program and its arguments")
            return nil
        }
        guard let path = ExecutableFile.path(of: program) else {
            note(key, ExecutableFile.problem(with: program))
            return nil
        }
        return ProgramCall(path: path, arguments: Array(words.dropFirst()))
    }

    /// The texts of a list, empty ones as well.
    private mutating func texts(_ key: String) -> [String]? {
        guard let elements = elements(key) else { return nil }
        var texts: [String] = []
        for (name, node) in elements {
            switch node.value {
            case .scalar(let text, _): texts.append(text)
            default: note(name, "is \(node.kind): give one word")
            }
        }
        return texts.count == elements.count ? texts : nil
    }
}

enum ExecutableFile {
    /// The file that a shell would run; nil when there is none.
    static func path(of program: String) -> String? {
        if program.contains("/") { return isProgram(program) ? program : nil }
        let directories = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
        return directories.split(separator: ":").lazy.map { "\($0)/\(program)" }.first(where: isProgram)
    }

    static func problem(with program: String) -> String {
        let shown = PrintableText(program).text
        guard program.contains("/") else { return "“\(shown)” is in no directory of PATH: give its whole path" }
        guard access(program, F_OK) == 0 else { return "there is no file \(shown): install it, or correct the path" }
        return "\(shown) is no program that may be run: chmod +x \(shown)"
    }

    private static func isProgram(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }
}
