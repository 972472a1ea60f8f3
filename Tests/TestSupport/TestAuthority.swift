import FoundationEssentials

/// A certificate authority of a test's own, and server certificates that it has signed, all made with `openssl`.
package final class TestAuthority: Sendable {
    package struct Certificate: Sendable {
        package let file: String
        package let keyFile: String
    }

    private let openssl: String
    private let directory: TemporaryDirectory
    /// The authority's own certificate, in PEM form.
    package let file: String
    private let keyFile: String

    package init() throws {
        guard let openssl = ChildProcess.path(of: "openssl") else { throw MissingProgram("openssl") }
        self.openssl = openssl
        directory = try TemporaryDirectory()
        file = directory.path + "/ca.pem"
        keyFile = directory.path + "/ca.key"
        try Self.run(
            openssl, "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-days",
            "7",
            "-subj", "/CN=A test's authority", "-keyout", keyFile, "-out", file)
    }

    /// A certificate for names and addresses, such as `DNS:dns.test` and `IP:127.0.0.1`, good for some days from now; it
    /// expired yesterday when that is -1.
    package func certificate(for subjects: String..., days: Int = 7) throws -> Certificate {
        let base = directory.path + "/" + UUID().uuidString
        let extensions = base + ".ext"
        try Data("subjectAltName=\(subjects.joined(separator: ","))\n".utf8).write(to: URL(filePath: extensions))
        try Self.run(
            openssl, "req", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
            "-subj", "/CN=A test's server", "-keyout", base + ".key", "-out", base + ".csr")
        try Self.run(
            openssl, "x509", "-req", "-in", base + ".csr", "-CA", file, "-CAkey", keyFile, "-CAcreateserial",
            "-days", "\(days)", "-extfile", extensions, "-out", base + ".pem")
        return Certificate(file: base + ".pem", keyFile: base + ".key")
    }

    private static func run(_ program: String, _ arguments: String...) throws {
        let process = try ChildProcess(program, arguments)
        let output = process.readAll()
        guard process.exitCode() == 0 else { throw MissingProgram("\(program) that works: \(output)") }
    }
}

/// A program that a test needs is not there.
package struct MissingProgram: Error, CustomStringConvertible {
    package let description: String

    package init(_ program: String) {
        description = "missing: \(program)"
    }
}
