import Glibc

/// The program that runs the daemon and the commands that talk to it: beside this one, or where packages put it.
enum DaemonExecutable {
    static let name = "dnsconverge-daemon"

    /// Where it may be, seen from the directory of this program.
    static func candidates(from directory: String) -> [String] {
        ["\(directory)/\(name)", "\(directory)/../libexec/dnsconverge/\(name)"]
    }

    /// Becomes that program, with the same arguments; throws when there is none.
    static func execute(_ arguments: [String]) throws -> Never {
        let candidates = candidates(from: directory ?? "/usr/bin")
        var argv = (["dnsconverge"] + arguments).map { strdup($0) } + [nil]
        defer { argv.forEach { free($0) } }
        for path in candidates {
            execv(path, &argv)
            guard errno == ENOENT || errno == ENOTDIR else {
                throw CommandFailure("\(path): cannot be executed: \(String(cString: strerror(errno)))")
            }
        }
        throw CommandFailure(
            "'\(arguments.first ?? "")' needs the program \(name), which is neither at \(candidates[0]) nor at "
                + "\(candidates[1]): install the whole of dnsconverge ('make install' does)")
    }

    private static var directory: String? {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let length = buffer.withUnsafeMutableBytes { bytes in
            bytes.baseAddress.map { readlink("/proc/self/exe", $0, bytes.count) } ?? -1
        }
        guard length > 0, let slash = buffer[..<length].lastIndex(of: UInt8(ascii: "/")) else { return nil }
        return String(decoding: buffer[..<slash], as: UTF8.self)
    }
}
