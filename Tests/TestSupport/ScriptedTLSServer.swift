/// A TLS server on 127.0.0.1 whose octets a test writes itself, for one connection at a time.
package final class ScriptedTLSServer: Sendable {
    package let port: UInt16
    private let process: ChildProcess

    /// With the name of a `protocol` it agrees to that one when the client offers it (ALPN).
    package init(_ certificate: TestAuthority.Certificate, protocol: String? = nil) throws {
        guard let openssl = ChildProcess.path(of: "openssl") else { throw MissingProgram("openssl") }
        port = try LoopbackSocket.freePort()
        process = try ChildProcess(
            openssl,
            [
                "s_server", "-quiet", "-accept", "127.0.0.1:\(port)", "-cert", certificate.file, "-key",
                certificate.keyFile,
            ] + (`protocol`.map { ["-alpn", $0] } ?? []),
            output: .standardOutput)
        guard LoopbackSocket.waitForListener(on: port) else { throw MissingProgram("an openssl s_server that starts") }
    }

    /// Blocks until the client has sent `count` octets.
    package func receive(_ count: Int) -> [UInt8] { process.read(count) }

    /// Blocks until the client has sent a DNS message with its length before it.
    package func receiveMessage() -> [UInt8] {
        let length = process.read(2)
        guard length.count == 2 else { return [] }
        return process.read(Int(length[0]) << 8 | Int(length[1]))
    }

    package func send(_ octets: some Collection<UInt8>) { process.write(octets) }

    package func stop() { process.stop() }
}
