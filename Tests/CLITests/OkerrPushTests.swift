import TestSupport
import Testing

@Suite(
    "--push-okerr tells okerr what a check finds",
    .enabled(if: LocalUnbound.isInstalled, "unbound or openssl is not installed"))
struct OkerrPushTests {
    private let authority: TestAuthority
    private let resolver: LocalUnbound
    private let okerr: FakeHTTPServer

    init() async throws {
        (authority, resolver) = try await blocking {
            let authority = try TestAuthority()
            return (authority, try LocalUnbound(authority.certificate(for: "IP:127.0.0.1")))
        }
        okerr = try FakeHTTPServer()
        okerr.on("GET", "/api/director/my-project", .response(200, body: okerr.url))
        okerr.on("POST", "/update", .response(200, body: "OK"))
    }

    /// The exit code, and all that was printed.
    private func run(
        _ command: String, expecting address: String, port: UInt16? = nil, textid: String = "my-project",
        _ more: String...
    ) async throws -> (code: Int32, output: String) {
        let arguments =
            [
                command, "www.example", "--expect", address, "--no-authoritative", "--ca-file", authority.file,
                "--resolver", "tls://127.0.0.1:\(port ?? resolver.tlsPort)", "--timeout", "1", "--push-okerr",
            ] + more
        let environment = ["OKERR_TEXTID": textid, "OKERR_SECRET": "hunter2", "OKERR_URL": okerr.url, "PREFIX": "web:"]
        let process = try ChildProcess(BuiltProgram.path, arguments, environment: environment)
        let (output, code) = await blocking { (process.readAll(), process.exitCode()) }
        return (code, output)
    }

    static let results: [Case<[String], String>] = [
        Case("a converged record is OK", ["check", "192.0.2.1"], "status=OK"),
        Case("a wrong one is ERR", ["check", "192.0.2.2"], "status=ERR"),
        Case("a watch tells it too", ["watch", "192.0.2.1"], "status=OK"),
    ]

    @Test("What was found is sent, after it is printed", arguments: results)
    func result(result: Case<[String], String>) async throws {
        let (_, output) = try await run(result.input[0], expecting: result.input[1])
        let updates = okerr.requests.filter { $0.target == "/update" }.map(\.fields)
        #expect(updates.count == 1)
        #expect(updates.first?.contains("name=web%3Adns%3Awww.example%3AA") == true)
        #expect(updates.first?.contains(result.output) == true)
        #expect(updates.first?.contains("secret=hunter2") == true)
        #expect(!output.contains("hunter2"))
    }

    @Test("What could not be measured is not sent")
    func unknown() async throws {
        let (code, _) = try await run("check", expecting: "192.0.2.1", port: LoopbackSocket.freePort())
        #expect(code == 3)
        #expect(okerr.requests.isEmpty)
    }

    @Test("A refusal is told, and the check's own result stands", arguments: ["text", "nagios"])
    func refusal(format: String) async throws {
        okerr.on("POST", "/update", .response(400, body: "Bad secret hunter2"))
        let (code, output) = try await run("check", expecting: "192.0.2.1", "--format", format)
        #expect(code == 0)
        let told =
            "dnsconverge: okerr: indicator web:dns:www.example:A@my-project was not taken: "
            + "Bad secret <secret> (HTTP 400); check OKERR_SECRET against the policy's secret\n"
        #expect(output.hasSuffix(told))
    }

    @Test("Without a project nothing is checked")
    func unconfigured() async throws {
        let (code, output) = try await run("check", expecting: "192.0.2.1", textid: "NOT A PROJECT")
        #expect(code == 3)
        #expect(output.hasPrefix("dnsconverge: --push-okerr: okerr: OKERR_TEXTID is “NOT A PROJECT”"))
    }
}
