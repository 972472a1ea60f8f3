/// A real Unbound on 127.0.0.1 that serves DNS over TLS and HTTPS, and knows `www.example` as 192.0.2.1.
package final class LocalUnbound: Sendable {
    package let tlsPort: UInt16
    package let httpsPort: UInt16
    private let directory: TemporaryDirectory
    private let process: ChildProcess

    package static var isInstalled: Bool {
        ChildProcess.path(of: "unbound") != nil && ChildProcess.path(of: "openssl") != nil
    }

    /// Starts it, and returns when it serves.
    ///
    /// Names below `slow.example` are answered when the server at `forwardPort` on 127.0.0.1 answers Unbound.
    package init(
        _ certificate: TestAuthority.Certificate, forwardPort: UInt16 = 9, tlsPort: UInt16? = nil,
        httpsPort: UInt16? = nil
    ) throws {
        guard let program = ChildProcess.path(of: "unbound") else { throw MissingProgram("unbound") }
        self.tlsPort = try tlsPort ?? LoopbackSocket.freePort()
        self.httpsPort = try httpsPort ?? LoopbackSocket.freePort()
        directory = try TemporaryDirectory()
        let configuration = try directory.write(
            """
            server:
              directory: "\(directory.path)"
              chroot: ""
              username: ""
              pidfile: ""
              use-syslog: no
              do-daemonize: no
              verbosity: 1
              num-threads: 1
              module-config: "iterator"
              do-not-query-localhost: no
              interface: 127.0.0.1@\(self.tlsPort)
              interface: 127.0.0.1@\(self.httpsPort)
              tls-port: \(self.tlsPort)
              https-port: \(self.httpsPort)
              tls-service-pem: "\(certificate.file)"
              tls-service-key: "\(certificate.keyFile)"
              local-data: "www.example. 300 A 192.0.2.1"
            remote-control:
              control-enable: no
            forward-zone:
              name: "slow.example."
              forward-addr: 127.0.0.1@\(forwardPort)
            """, to: "unbound.conf")
        process = try ChildProcess(program, ["-d", "-c", configuration])
        guard process.waitForLine(containing: "start of service") else {
            throw MissingProgram("an unbound that starts")
        }
    }

    /// Ends it, and with it all its connections.
    package func stop() { process.stop() }
}
