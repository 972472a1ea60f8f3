import FoundationEssentials
import Glibc

/// Texts that are kept in files and compared as a whole. With `DNSCONVERGE_GOLDEN=write` in the environment the files are
/// written anew instead; the change is then read like any other.
package struct Golden {
    private let directory: String

    /// A directory beside the test file.
    package init(_ name: String = "Golden", besides testFile: String = #filePath) {
        directory = (testFile.lastIndex(of: "/").map { String(testFile[..<$0]) } ?? ".") + "/\(name)"
    }

    /// Nil when `text` is what the file holds; else the first line that differs, or what to do.
    package func difference(_ text: String, from file: String) throws -> String? {
        let path = "\(directory)/\(file)"
        if getenv("DNSCONVERGE_GOLDEN").map({ String(cString: $0) }) == "write" {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(filePath: path))
            return nil
        }
        guard let data = try? Data(contentsOf: URL(filePath: path)) else {
            return "\(path) is missing; run the tests with DNSCONVERGE_GOLDEN=write"
        }
        return Self.firstDifference(text, String(decoding: data, as: UTF8.self)).map { "\(file), \($0)" }
    }

    private static func firstDifference(_ actual: String, _ expected: String) -> String? {
        guard actual != expected else { return nil }
        let lines = [actual, expected].map { $0.split(separator: "\n", omittingEmptySubsequences: false) }
        for index in 0..<max(lines[0].count, lines[1].count) {
            let (is_, was) = (lines[0].dropFirst(index).first, lines[1].dropFirst(index).first)
            if is_ != was { return "line \(index + 1):\n  is  \(is_ ?? "(the end)")\n  was \(was ?? "(the end)")" }
        }
        return nil
    }
}
