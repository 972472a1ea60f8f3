import DNSModel
import FoundationEssentials
import Glibc

/// Finds what `env:NAME` and `file:PATH` stand for.
package struct SecretReferences: Sendable {
    private let environment: [String: String]
    /// What paths are relative to.
    private let directory: String

    private static let sizeLimit = 64 << 10

    package init(environment: [String: String] = ProcessInfo.processInfo.environment, directory: String) {
        self.environment = environment
        self.directory = directory
    }

    package func secret(_ reference: String) throws(SecretProblem) -> Secret {
        if reference.hasPrefix("env:") { return try variable(String(reference.dropFirst(4))) }
        if reference.hasPrefix("file:") { return try file(String(reference.dropFirst(5))) }
        throw SecretProblem("is no reference: give env:NAME or file:PATH")
    }

    private func variable(_ name: String) throws(SecretProblem) -> Secret {
        let shown = PrintableText(name).text
        guard let text = environment[name] else {
            throw SecretProblem("there is no variable \(shown) in the environment: set it, or give file:PATH")
        }
        guard !text.isEmpty else { throw SecretProblem("the variable \(shown) is empty: set it to the secret") }
        return Secret(text)
    }

    /// The file's text without the line break at its end.
    private func file(_ path: String) throws(SecretProblem) -> Secret {
        let path = absolute(path)
        let shown = PrintableText(path).text
        let octets: [UInt8]
        do {
            octets = try SmallFile.contents(of: path, limit: Self.sizeLimit)
        } catch {
            throw SecretProblem("\(shown) \(error.reason): give a file that holds the secret and can be read")
        }
        guard let text = String(validating: octets, as: UTF8.self), !octets.contains(0) else {
            throw SecretProblem("\(shown) is no text: give a file that holds the secret and nothing else")
        }
        let end = text.lastIndex { !$0.isNewline }.map { text.index(after: $0) } ?? text.startIndex
        guard end > text.startIndex else { throw SecretProblem("\(shown) is empty: put the secret into it") }
        return Secret(String(text[..<end]))
    }

    /// The path of the file that a reference names, when others than its owner and its group may read it.
    package func exposedFile(_ reference: String) -> String? {
        guard reference.hasPrefix("file:") else { return nil }
        let path = absolute(String(reference.dropFirst(5)))
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o004 != 0 else {
            return nil
        }
        return path
    }

    func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(directory)/\(path)"
    }
}

extension SecretReferences: CustomStringConvertible, CustomReflectable {
    /// The environment has secrets in it.
    package var description: String { "secrets of the environment and of files in \(directory)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Files that fit into memory.
enum SmallFile {
    struct Problem: Error {
        /// Follows the file's name.
        let reason: String
    }

    static func contents(of path: String, limit: Int) throws(Problem) -> [UInt8] {
        // Without waiting for somebody to write into a pipe.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw failure }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw failure }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw Problem(reason: "is a directory") }
        var contents: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while contents.count <= limit {
            let count = chunk.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure }
            guard count > 0 else { return contents }
            contents += chunk[..<count]
        }
        throw Problem(reason: "is larger than \(limit >> 10) KiB")
    }

    private static var failure: Problem { Problem(reason: "cannot be read (\(String(cString: strerror(errno))))") }
}
