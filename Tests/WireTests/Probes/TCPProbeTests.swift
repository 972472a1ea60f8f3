import DNSModel
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import Wire

@Suite("A TCP probe tells a port that works from one that does not, and why")
struct TCPProbeTests {
    private func failure(_ probe: TCPProbe) async -> ProbeFailure? {
        if case .failure(let failure) = await probe.run() { return failure }
        return nil
    }

    @Test("A port that takes connections is well, though nobody says anything")
    func connection() async throws {
        let silent = try LoopbackSocket(.tcpListener)
        let finding = try await TCPProbe(.loopback, port: silent.port, timeout: .seconds(20)).run().get()
        #expect(finding.connected > .zero)
        #expect(finding.connected <= finding.total)
    }

    @Test("A port where nobody listens refuses")
    func refused() async {
        #expect(await failure(TCPProbe(.loopback, port: 1)) == .refused)
    }

    @Test("What is expected must come, wherever in the answer it stands")
    func greeting() async throws {
        let server = try LoopbackSocket(.tcpListener)
        async let greeting: Void = server.greet("220 mail.example ESMTP ready\r\n")
        var probe = TCPProbe(.loopback, port: server.port, timeout: .seconds(20))
        probe.expected = Array("ESMTP".utf8)
        #expect(await failure(probe) == nil)
        await greeting
    }

    @Test("Something else that comes is shown, with nothing in it that a terminal obeys")
    func otherGreeting() async throws {
        let server = try LoopbackSocket(.tcpListener)
        async let greeting: Void = server.greet("554 go \u{1B}[2Jaway\r\n")
        var probe = TCPProbe(.loopback, port: server.port, timeout: .seconds(20))
        probe.expected = Array("220".utf8)
        let failure = await failure(probe)
        await greeting
        #expect(failure == .unexpected(Array("554 go \u{1B}[2Jaway\r\n".utf8)))
        #expect(failure?.description == "unexpected answer: 554 go \\u{1B}[2Jaway\\u{D}\\u{A}")
    }

    @Test("A connection that is closed without a word is told from silence")
    func wordless() async throws {
        let server = try LoopbackSocket(.tcpListener)
        async let greeting: Void = server.greet("")
        var probe = TCPProbe(.loopback, port: server.port, timeout: .seconds(20))
        probe.expected = Array("220".utf8)
        #expect(await failure(probe) == .closed)
        await greeting
        probe.timeout = .milliseconds(50)
        let silent = try LoopbackSocket(.tcpListener)
        probe.port = silent.port
        #expect(await failure(probe) == .timeout)
    }

    @Test("What is to be sent is sent, and the answer looked at")
    func conversation() async throws {
        let server = try FakeHTTPServer()
        server.on("GET", "/", .response(200, body: "status=OK"))
        var probe = TCPProbe(.loopback, port: server.port, timeout: .seconds(20))
        probe.message = Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
        probe.expected = Array("status=OK".utf8)
        #expect(await failure(probe) == nil)
    }

    @Test("An answer without end is not read for ever")
    func endless() async throws {
        let server = try FakeHTTPServer()
        server.on("GET", "/", .raw(String(repeating: "x", count: 300_000)))
        var probe = TCPProbe(.loopback, port: server.port, timeout: .seconds(20))
        probe.message = Array("GET / HTTP/1.1\r\n\r\n".utf8)
        probe.expected = Array("y".utf8)
        guard case .unexpected(let received) = await failure(probe) else {
            Issue.record("not unexpected")
            return
        }
        #expect((65_536..<70_000).contains(received.count))
    }

    static let errors: [Case<SocketFailure, ProbeFailure>] = [
        Case("refused", .system(ECONNREFUSED), .refused),
        Case("given up by the kernel", .system(ETIMEDOUT), .timeout),
        Case("given up by us", .timedOut, .timeout),
        Case("a router that knows no way", .system(EHOSTUNREACH), .unreachable("No route to host")),
        Case("a machine without any way", .system(ENETUNREACH), .noRoute(.ipv4)),
        Case("a connection that was reset", .system(ECONNRESET), .closed),
        Case(
            "no descriptors left", .system(EMFILE), .unavailable("cannot probe from this machine: Too many open files")),
        Case(
            "forbidden by a local firewall", .system(EPERM),
            .unavailable("cannot probe from this machine: Operation not permitted")),
    ]

    @Test("Only what tells about the server is held against it", arguments: errors)
    func error(error: Case<SocketFailure, ProbeFailure>) {
        let failure = ProbeFailure(error.input, .ipv4)
        #expect(failure == error.output)
        let isOurs =
            switch failure {
            case .noRoute, .unavailable: true
            default: false
            }
        #expect(failure.isVerdict == !isOurs)
    }

    @Test("Three thousand silent servers cost one timeout, and leave no descriptor behind")
    func many() async {
        // In a process of its own, whose descriptors can be counted.
        await #expect(processExitsWith: .success) {
            let silent = try LoopbackSocket(.tcpListener, backlog: 4096)
            var probe = TCPProbe(.loopback, port: silent.port, timeout: .seconds(30))
            _ = try await probe.run().get()
            let before = openDescriptors()
            probe.timeout = .seconds(2)
            probe.expected = [1]
            #expect(await outcomes(of: probe, count: 3000) == [.timeout: 3000])
            #expect(openDescriptors() == before)
            probe.timeout = .seconds(600)
            let running = Task { [probe] in await outcomes(of: probe, count: 500) }
            while openDescriptors() < before + 500 { await Task.yield() }
            running.cancel()
            #expect(await running.value == [.cancelled: 500])
            #expect(openDescriptors() == before)
        }
    }
}

/// How so many probes at once ended, and how many each way.
private func outcomes(of probe: TCPProbe, count: Int) async -> [ProbeFailure: Int] {
    await withTaskGroup(of: ProbeFailure?.self) { group in
        for _ in 0..<count {
            group.addTask {
                if case .failure(let failure) = await probe.run() { return failure }
                return nil
            }
        }
        var outcomes: [ProbeFailure: Int] = [:]
        for await case .some(let failure) in group { outcomes[failure, default: 0] += 1 }
        return outcomes
    }
}

private func openDescriptors() -> Int {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? -1
}
