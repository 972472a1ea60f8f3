/// A web server over TLS on 127.0.0.1: `openssl s_server`, which answers any GET with a page about the connection.
package final class LocalWebServer: Sendable {
    package let port: UInt16
    private let process: ChildProcess

    /// With `named`, whoever asks for that name (SNI) gets its certificate, and everybody else the first one.
    package init(
        _ certificate: TestAuthority.Certificate, named other: (name: String, TestAuthority.Certificate)? = nil
    ) throws {
        guard let openssl = ChildProcess.path(of: "openssl") else { throw MissingProgram("openssl") }
        port = try LoopbackSocket.freePort()
        var arguments = [
            "s_server", "-www", "-accept", "127.0.0.1:\(port)", "-cert", certificate.file, "-key", certificate.keyFile,
        ]
        if let (name, certificate) = other {
            arguments += ["-servername", name, "-cert2", certificate.file, "-key2", certificate.keyFile]
        }
        process = try ChildProcess(openssl, arguments)
        guard LoopbackSocket.waitForListener(on: port) else { throw MissingProgram("an openssl s_server that starts") }
    }
}
