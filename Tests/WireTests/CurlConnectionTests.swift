import DNSModel
import Glibc
import TestSupport
import Testing

@testable import Wire

@Suite("Where an HTTP request connects to, and what is told about the connection")
struct CurlConnectionTests {
    private let client = HTTPClient()

    @Test("The port may be another than the URL's, which stays in the Host header")
    func otherPort() async throws {
        let server = try FakeHTTPServer()
        server.on("GET", "/", .response(200))
        var request = HTTPRequest(.get, "http://cat.invalid:81/")
        request.address = .loopback
        request.port = server.port
        #expect(try await client.send(request).status == 200)
        #expect(server.requests.first?.headers["host"] == "cat.invalid:81")
    }

    @Test("The port may be another though the host is looked up")
    func otherPortOnly() async throws {
        let server = try FakeHTTPServer()
        server.on("GET", "/", .response(200))
        var request = HTTPRequest(.get, "http://127.0.0.1/")
        request.port = server.port
        #expect(try await client.send(request).status == 200)
    }

    @Test("A Unix-domain socket is connected to whatever the URL says")
    func unixSocket() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/control"
        let server = try FakeHTTPServer(socketPath: path)
        server.on("POST", "/status", .response(200, body: "fine"))
        var request = HTTPRequest(.post, "http://dnsconverge/status", body: Array("x".utf8))
        request.socketPath = path
        request.wantsConnectionDetails = true
        let response = try await client.send(request)
        #expect(response.text == "fine")
        #expect(response.connection?.address == nil)
        #expect(server.requests.first?.headers["host"] == "dnsconverge")
    }

    static let socketPaths: [Case<String, String>] = [
        Case("a path that is no file's", "", "the socket  cannot be connected to; give a path of 1 to 107 octets"),
        Case(
            "a path longer than the kernel takes", "/" + String(repeating: "x", count: 107),
            "the socket /" + String(repeating: "x", count: 107)
                + " cannot be connected to; give a path of 1 to 107 octets"),
    ]

    @Test("A path that no socket can have is refused", arguments: socketPaths)
    func badSocketPath(path: Case<String, String>) async throws {
        var request = HTTPRequest(.get, "http://dnsconverge/")
        request.socketPath = path.input
        await #expect(throws: TransferFailure.badRequest(path.output)) { try await client.send(request) }
    }

    @Test("A socket where nobody listens cannot be reached, and nothing was sent")
    func deadSocket() async throws {
        let directory = try TemporaryDirectory()
        var request = HTTPRequest(.get, "http://dnsconverge/")
        request.socketPath = directory.path + "/nobody"
        let failure = await #expect(throws: TransferFailure.self) { try await client.send(request) }
        #expect(failure?.mayHaveBeenReceived == false)
        #expect(failure == .unreachable("No such file or directory"))
    }

    @Test("A body longer than wanted is cut without an error, and read no further")
    func cutBody() async throws {
        let server = try FakeHTTPServer()
        // The length that is announced never comes: whoever waits for all of it waits for ever.
        server.on(
            "GET", "/", .raw("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + String(repeating: "a", count: 5000)))
        var request = HTTPRequest(.get, server.url + "/")
        request.bodyLimit = 4096
        request.cutsBody = true
        let response = try await client.send(request)
        #expect(response.status == 200)
        #expect(response.body == Array(repeating: UInt8(ascii: "a"), count: 4096))
        #expect(response.isCut)
    }

    @Test("A body that fits is whole")
    func wholeBody() async throws {
        let server = try FakeHTTPServer()
        server.on("GET", "/", .response(200, body: "abcd"))
        var request = HTTPRequest(.get, server.url + "/")
        request.bodyLimit = 4
        request.cutsBody = true
        let response = try await client.send(request)
        #expect(response.text == "abcd")
        #expect(!response.isCut)
    }

    @Test("Connection details name the peer, and the times stand in their order")
    func details() async throws {
        let server = try FakeHTTPServer()
        server.on("GET", "/", .response(200))
        var request = HTTPRequest(.get, server.url + "/")
        #expect(try await client.send(request).connection == nil)
        request.wantsConnectionDetails = true
        request.newConnection = true
        let details = try #require(try await client.send(request).connection)
        #expect(details.address == .loopback)
        #expect(details.port == server.port)
        #expect(details.certificateExpiry == nil)
        #expect(details.secured == .zero)
        #expect(details.connected > .zero)
        #expect(details.connected <= details.firstOctet)
        #expect(details.firstOctet <= details.total)
    }

    static let receptions: [Case<FakeHTTPServer.Answer, Bool>] = [
        Case("the connection ends without an answer", .disconnect, true),
        Case("half an answer", .raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), true),
        Case("too long an answer", .response(200, body: String(repeating: "x", count: 100)), true),
    ]

    @Test("After a request has gone out, the server may have acted on it", arguments: receptions)
    func mayHaveBeenReceived(reception: Case<FakeHTTPServer.Answer, Bool>) async throws {
        let server = try FakeHTTPServer()
        server.on("POST", "/", reception.input)
        var request = HTTPRequest(.post, server.url + "/")
        request.bodyLimit = 50
        let failure = await #expect(throws: TransferFailure.self) { try await client.send(request) }
        #expect(failure?.mayHaveBeenReceived == reception.output)
    }

    @Test("A connection that is refused, or never stands, has carried no request")
    func neverReceived() async throws {
        let refused = await #expect(throws: TransferFailure.self) {
            try await client.send(HTTPRequest(.get, "http://127.0.0.1:1/"))
        }
        #expect(refused?.mayHaveBeenReceived == false)
        // TLS never comes to stand with a server that says nothing.
        let silent = try LoopbackSocket(.tcpListener)
        let request = HTTPRequest(.get, "https://127.0.0.1:\(silent.port)/", timeout: .milliseconds(50))
        await #expect(throws: TransferFailure.timeout(sent: false)) { try await client.send(request) }
    }
}

@Suite("Proxies that the environment names")
struct CurlProxyTests {
    @Test("A request goes through the proxy unless it is told not to")
    func environment() async {
        // In a process of its own: the environment is everybody's.
        await #expect(processExitsWith: .success) {
            let server = try FakeHTTPServer()
            server.on("GET", "/", .response(200, body: "direct"))
            let proxy = try FakeHTTPServer()
            proxy.on("GET", server.url + "/", .response(200, body: "through the proxy"))
            setenv("http_proxy", proxy.url, 1)
            var request = HTTPRequest(.get, server.url + "/")
            let client = HTTPClient()
            #expect(try await client.send(request).text == "through the proxy")
            request.usesProxy = false
            #expect(try await client.send(request).text == "direct")
        }
    }
}
