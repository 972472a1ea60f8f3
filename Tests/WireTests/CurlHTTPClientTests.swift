import DNSModel
import TestSupport
import Testing

@testable import Wire

@Suite("An HTTP request gets the server's response, or a failure that says what happened")
struct CurlHTTPClientTests {
    private let client = HTTPClient()

    @Test("Method, path, headers and body arrive as given, and the response comes back whole")
    func roundTrip() async throws {
        let server = try FakeHTTPServer()
        server.on("PATCH", "/zones/1?x=y", .response(201, headers: [("X-One", " 1 "), ("x-two", "")], body: "made"))
        let request = HTTPRequest(
            .patch, server.url + "/zones/1?x=y",
            headers: [HTTPHeader("Authorization", "Bearer t"), HTTPHeader("X-Empty", "")], body: Array("{\"a\":1}".utf8)
        )
        let response = try await client.send(request)
        #expect(response.status == 201)
        #expect(response.text == "made")
        #expect(response.header("x-ONE") == "1")
        #expect(response.header("X-Two") == "")
        #expect(response.header("X-Three") == nil)
        let received = try #require(server.requests.first)
        #expect(received.method == "PATCH")
        #expect(received.body == "{\"a\":1}")
        #expect(received.headers["authorization"] == "Bearer t")
        #expect(received.headers["x-empty"] == "")
        #expect(received.headers["content-type"] == nil)
        #expect(received.headers["expect"] == nil)
    }

    @Test(
        "Every method is sent as itself, with and without a body",
        arguments: [HTTPRequest.Method.get, .head, .post, .put, .patch, .delete], [nil, "", "x=1"])
    func methods(method: HTTPRequest.Method, body: String?) async throws {
        let server = try FakeHTTPServer()
        server.on(method.rawValue, "/", .response(200))
        let response = try await client.send(
            HTTPRequest(method, server.url + "/", body: body.map { Array($0.utf8) }, timeout: .seconds(5)))
        #expect(response.status == 200)
        #expect(server.requests.map(\.body) == [body ?? ""])
    }

    @Test("A redirect is a response, not followed")
    func redirect() async throws {
        let server = try FakeHTTPServer()
        server.on("GET", "/", .response(302, headers: [("Location", server.url + "/login")]))
        let response = try await client.send(HTTPRequest(.get, server.url + "/"))
        #expect(response.status == 302)
        #expect(server.requests.count == 1)
    }

    @Test("A connection is used again, unless a request wants its own")
    func reuse() async throws {
        let server = try FakeHTTPServer()
        server.on("GET", "/", .response(200, body: "x"))
        var request = HTTPRequest(.get, server.url + "/")
        for _ in 0..<3 { _ = try await client.send(request) }
        #expect(server.connectionCount == 1)
        request.newConnection = true
        _ = try await client.send(request)
        #expect(server.connectionCount == 2)
    }

    @Test("A request goes to its address, while the host stays the URL's")
    func pinnedAddress() async throws {
        let server = try FakeHTTPServer()
        server.on("GET", "/", .response(200))
        var request = HTTPRequest(.get, "http://cat.invalid:\(server.port)/")
        request.address = IPAddress("127.0.0.1")
        #expect(try await client.send(request).status == 200)
        #expect(server.requests.first?.headers["host"] == "cat.invalid:\(server.port)")
    }

    @Test("Two addresses of one name are two servers, and neither answers for the other")
    func addressesShareNoConnection() async throws {
        let server = try FakeHTTPServer()
        server.on("GET", "/", .response(200))
        var request = HTTPRequest(.get, "http://cat.invalid:\(server.port)/")
        request.address = IPAddress("127.0.0.1")
        #expect(try await client.send(request).status == 200)
        request.address = IPAddress("127.0.0.2")
        await #expect(throws: TransferFailure.unreachable("connection refused")) { try await client.send(request) }
    }

    @Test("A body at the limit is taken, a longer one is refused")
    func bodyLimit() async throws {
        let server = try FakeHTTPServer()
        server.on("GET", "/", .response(200, body: String(repeating: "x", count: 1000)))
        var request = HTTPRequest(.get, server.url + "/")
        request.bodyLimit = 1000
        #expect(try await client.send(request).body.count == 1000)
        request.bodyLimit = 999
        await #expect(throws: TransferFailure.tooLarge(limit: 999)) { try await client.send(request) }
    }

    @Test("Endless headers are refused")
    func headerLimit() async throws {
        let server = try FakeHTTPServer()
        let line = "X-Long: " + String(repeating: "y", count: 8000) + "\r\n"
        server.on("GET", "/", .raw("HTTP/1.1 200 OK\r\n" + String(repeating: line, count: 60)))
        await #expect(throws: TransferFailure.self) { try await client.send(HTTPRequest(.get, server.url + "/")) }
    }

    @Test("Silence is a timeout")
    func timeout() async throws {
        let silent = try LoopbackSocket(.tcpListener)
        let request = HTTPRequest(.get, "http://127.0.0.1:\(silent.port)/", timeout: .milliseconds(50))
        await #expect(throws: TransferFailure.timeout(sent: true)) { try await client.send(request) }
    }

    @Test("Cancelling ends the request at once and closes its connection")
    func cancellation() async throws {
        let server = try FakeHTTPServer()
        server.on("GET", "/", .held, .response(200))
        let task = Task { [url = server.url, client] in
            try await client.send(HTTPRequest(.get, url + "/", timeout: .seconds(60)))
        }
        await server.received(1)
        task.cancel()
        await #expect(throws: TransferFailure.cancelled) { try await task.value }
        await server.abandoned()
    }

    @Test("What is cancelled before it starts does not start")
    func cancelledBeforehand() async throws {
        let silent = try LoopbackSocket(.tcpListener)
        let task = Task { [client] in
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.send(HTTPRequest(.get, "http://127.0.0.1:\(silent.port)/", timeout: .seconds(60)))
        }
        await #expect(throws: TransferFailure.cancelled) { try await task.value }
    }

    @Test("A slow server does not hold up another")
    func independence() async throws {
        let slow = try FakeHTTPServer()
        slow.on("GET", "/", .held, .response(200, body: "slow"))
        let quick = try FakeHTTPServer()
        quick.on("GET", "/", .response(200, body: "quick"))
        async let first = client.send(HTTPRequest(.get, slow.url + "/"))
        await slow.received(1)
        #expect(try await client.send(HTTPRequest(.get, quick.url + "/")).text == "quick")
        slow.release()
        #expect(try await first.text == "slow")
    }

    @Test("When the loop goes, its thread ends, and with it the connections")
    func end() async throws {
        let server = try FakeHTTPServer()
        server.on("GET", "/", .response(200), .held, .response(200))
        var client: HTTPClient? = HTTPClient()
        _ = try await client?.send(HTTPRequest(.get, server.url + "/"))
        client = nil
        await server.disconnected()
    }

    static let failures: [Case<String, TransferFailure>] = [
        Case("another scheme", "ftp://127.0.0.1/", .badRequest("a URL of 127.0.0.1 is neither http nor https")),
        Case("a file", "file:///etc/passwd", .badRequest("a URL of the URL is neither http nor https")),
        Case("no URL", "", .badRequest("a URL of the URL is neither http nor https")),
        Case("a space", "http://127.0.0.1/a b", .badRequest("the URL of 127.0.0.1 has a space in it")),
        Case("a line break", "http://127.0.0.1/\r\nX: y", .badRequest("the URL of 127.0.0.1 has a space in it")),
        Case("a port where nobody listens", "http://127.0.0.1:1/", .unreachable("connection refused")),
    ]

    @Test("What cannot be sent says why", arguments: failures)
    func failure(failure: Case<String, TransferFailure>) async throws {
        await #expect(throws: failure.output) { try await client.send(HTTPRequest(.get, failure.input)) }
    }

    @Test("A line break in a header is refused, so that nobody can add headers")
    func headerInjection() async throws {
        let server = try FakeHTTPServer()
        let request = HTTPRequest(.get, server.url + "/", headers: [HTTPHeader("X-A", "b\r\nX-C: d")])
        await #expect(throws: TransferFailure.badRequest("the header X-A of a request is malformed")) {
            try await client.send(request)
        }
        #expect(server.requests.isEmpty)
    }

    static let brokenServers: [Case<FakeHTTPServer.Answer, String>] = [
        Case("closes without a word", .disconnect, "Empty reply from server"),
        Case("speaks something else", .raw("220 mail.example ESMTP\r\n"), "Received HTTP/0.9 when not allowed"),
        Case(
            "ends before the length it gave", .raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"),
            "transfer closed with 6 bytes remaining to read"),
    ]

    @Test("A server that breaks off is an interrupted request", arguments: brokenServers)
    func brokenServer(broken: Case<FakeHTTPServer.Answer, String>) async throws {
        let server = try FakeHTTPServer()
        server.on("GET", "/", broken.input)
        await #expect(throws: TransferFailure.interrupted(broken.output)) {
            try await client.send(HTTPRequest(.get, server.url + "/"))
        }
    }
}
