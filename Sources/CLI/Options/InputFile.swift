import Glibc

/// Files that options name.
package enum InputFile {
    private static let sizeLimit = 16 << 20

    /// The octets of a file, or why it cannot be read.
    package static func contents(of path: String) throws -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        var contents: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while contents.count <= sizeLimit {
            let count = chunk.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path) }
            guard count > 0 else { return contents }
            contents += chunk[..<count]
        }
        throw CommandFailure("\(path): is larger than \(sizeLimit >> 20) MiB")
    }

    /// The path itself, once it is known that the file can be read.
    static func readable(_ path: String) throws -> String {
        guard access(path, R_OK) == 0 else { throw failure(path) }
        return path
    }

    private static func failure(_ path: String) -> CommandFailure {
        CommandFailure("\(path): cannot be read: \(String(cString: strerror(errno)))")
    }
}
