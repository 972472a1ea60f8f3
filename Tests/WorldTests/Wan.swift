import Glibc
import TestSupport

/// The process that carries the miniature Internet's packets, told in its own little language (Tests/World/wan.c).
struct Wan: Sendable {
    let socketPath: String

    init(_ world: MiniatureInternet) {
        socketPath = world.directory + "/wan.sock"
    }

    /// Carries out all lines, in order.
    func tell(_ lines: [String]) throws {
        if lines.isEmpty { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(socketPath.utf8)) }
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard connected == 0 else { throw SystemCallFailure("connect \(socketPath)") }
        let message = Array(lines.joined(separator: "\n").utf8)
        guard send(descriptor, message, message.count, Int32(MSG_NOSIGNAL)) == message.count else {
            throw SystemCallFailure("send to the WAN")
        }
        var reply = [UInt8](repeating: 0, count: 1 << 16)
        let count = max(0, recv(descriptor, &reply, reply.count, 0))
        let answer = String(decoding: reply.prefix(count), as: UTF8.self)
        guard answer.hasSuffix("ok\n") else { throw WorldFailure("WAN: \(answer)") }
    }
}

extension MiniatureInternet {
    /// The WAN with some rules while `body` runs; afterwards each has the value of `otherwise`.
    func with<Result>(
        _ rules: [String], otherwise: [String], _ body: () async throws -> Result
    ) async throws -> Result {
        let wan = Wan(self)
        try wan.tell(rules)
        do {
            let result = try await body()
            try wan.tell(otherwise)
            return result
        } catch {
            try wan.tell(otherwise)
            throw error
        }
    }

    /// Runs `body` while nothing gets to or from these addresses.
    func silencing<Result>(_ addresses: [String], _ body: () async throws -> Result) async throws -> Result {
        try await with(addresses.map { "drop \($0) on" }, otherwise: addresses.map { "drop \($0) off" }, body)
    }

    /// The addresses of the resolvers that the shipped list asks by default.
    var coreResolverAddresses: [String] {
        nodes.filter { $0.role == "resolver" && $0.isInShippedList }.flatMap(\.addresses)
    }
}

extension MiniatureInternet.Node {
    fileprivate var isInShippedList: Bool { !addresses.contains { $0.hasPrefix("4.2.2.") || $0.hasPrefix("5.188.") } }
}
