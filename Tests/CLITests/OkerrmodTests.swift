import FoundationEssentials
import TestSupport
import Testing

/// okerr's own client; one in a virtual environment is named by OKERRMOD.
private let okerrmod = ProcessInfo.processInfo.environment["OKERRMOD"] ?? ChildProcess.path(of: "okerrmod")

@Suite(
    "okerr's own module runstatus can run the program",
    .enabled(if: okerrmod != nil, "okerrmod is not installed (Python package okerrupdate)"),
    .enabled(if: LocalUnbound.isInstalled, "unbound or openssl is not installed"))
struct OkerrmodTests {
    @Test("A converged record is an OK heartbeat, a wrong one an ERR or its exit code; the first line is the details")
    func runstatus() async throws {
        let okerr = try FakeHTTPServer()
        okerr.on("POST", "/update", .response(200, body: "OK"))
        let authority = try await blocking { try TestAuthority() }
        let resolver = try await blocking { try LocalUnbound(authority.certificate(for: "IP:127.0.0.1")) }
        let home = try TemporaryDirectory()
        for directory in ["mods-enabled", "mods-available", "mods-env"] {
            try FileManager.default.createDirectory(
                atPath: "\(home.path)/.okerr/\(directory)", withIntermediateDirectories: true)
        }
        try home.write("OKERR_TEXTID=x\nOKERR_SECRET=hunter2\n", to: ".okerr/okerrupdate")
        let check =
            try "\(BuiltProgram.path) check www.example --no-authoritative --ca-file \(authority.file) "
            + "--resolver tls://127.0.0.1:\(resolver.tlsPort) --format nagios --expect"
        try home.write(
            """
            good_OK="\(check) 192.0.2.1"
            bad_OK="\(check) 192.0.2.2"
            code_RUN="\(check) 192.0.2.2"
            """, to: ".okerr/mods-env/runstatus")

        let program = try #require(okerrmod)
        let arguments = ["--direct", "--url", okerr.url, "--prefix", "web:", "runstatus"]
        let environment = ["HOME": home.path, "PATH": "/usr/bin:/bin"]
        let process = try ChildProcess(program, arguments, environment: environment)
        let (output, code) = await blocking { (process.readAll(), process.exitCode()) }
        #expect(code == 0, "\(output)")

        let fields = okerr.requests.map { request in request.fields.map(Self.unescaped) }
        func update(_ name: String) -> [String] { fields.first { $0.contains("name=web:\(name)") } ?? [] }
        #expect(update("good").contains("status=OK"))
        #expect(update("bad").contains("status=ERR"))
        #expect(update("code").contains("status=2"))
        #expect(update("good").contains { $0.hasPrefix("details=PROPAGATION OK: www.example A ") })
        #expect(update("bad").contains { $0.hasPrefix("details=PROPAGATION CRITICAL: www.example A ") })
    }

    /// A form's field as it was before it was encoded; ASCII only.
    private static func unescaped(_ field: String) -> String {
        var parts = field.split(separator: "%", omittingEmptySubsequences: false)
        let first = parts.removeFirst()
        let rest = parts.map { part in
            let scalar = UInt8(part.prefix(2), radix: 16).map(Unicode.Scalar.init)
            return (scalar.map { String(Character($0)) } ?? "?") + part.dropFirst(2)
        }
        return String((first + rest.joined()).map { $0 == "+" ? " " : $0 })
    }
}
