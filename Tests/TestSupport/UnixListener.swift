import Glibc

/// A socket that takes connections.
protocol ListeningSocket: Sendable {
    var descriptor: Int32 { get }
    /// Zero where there are no ports.
    var port: UInt16 { get }
}

/// A Unix-domain socket that takes connections; its file goes when it does.
final class UnixListener: ListeningSocket {
    let descriptor: Int32
    let port: UInt16 = 0
    private let path: String

    init(_ path: String) throws {
        self.path = path
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SystemCallFailure("socket") }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let isShort = withUnsafeMutableBytes(of: &address.sun_path) { space in
            guard path.utf8.count < space.count else { return false }
            space.copyBytes(from: path.utf8)
            return true
        }
        let (descriptor, length) = (descriptor, socklen_t(MemoryLayout<sockaddr_un>.size))
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) == 0 }
        }
        guard isShort, isBound, listen(descriptor, 64) == 0 else { throw SystemCallFailure("bind \(path)") }
    }

    deinit {
        close(descriptor)
        unlink(path)
    }
}
