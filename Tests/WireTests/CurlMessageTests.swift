import DNSModel
import TestSupport
import Testing

@testable import Wire

@Suite("DNS messages are found in a stream, and put into HTTP and taken out of it")
struct CurlMessageTests {
    static let streams: [Case<[[UInt8]], [[UInt8]]>] = [
        Case("nothing", [[]], []),
        Case("half a length", [[0]], []),
        Case("a length alone", [[0, 2]], []),
        Case("half a message", [[0, 2, 7]], []),
        Case("one message", [[0, 2, 7, 8]], [[7, 8]]),
        Case("one message, octet by octet", [[0], [2], [7], [8]], [[7, 8]]),
        Case("two in one piece", [[0, 1, 7, 0, 1, 8]], [[7], [8]]),
        Case("one and a half, then the rest", [[0, 1, 7, 0, 2], [8, 9]], [[7], [8, 9]]),
        Case("an empty message", [[0, 0, 0, 1, 7]], [[], [7]]),
        Case(
            "a length of two octets", [[1, 0] + [UInt8](repeating: 5, count: 256)], [.init(repeating: 5, count: 256)]),
    ]

    @Test("Messages come out whole, however the octets are cut", arguments: streams)
    func assembly(stream: Case<[[UInt8]], [[UInt8]]>) {
        var assembler = MessageAssembler()
        var messages: [[UInt8]] = []
        for piece in stream.input {
            assembler.append(piece)
            while let message = assembler.next() { messages.append(message) }
        }
        #expect(messages == stream.output)
    }

    static let endpoints: [Case<Endpoint, String>] = [
        Case(
            "a name", Endpoint(address("192.0.2.1"), transport: .https, serverName: "dns.example"),
            "https://dns.example:443/dns-query"),
        Case("an address alone", Endpoint(address("192.0.2.1"), transport: .https), "https://192.0.2.1:443/dns-query"),
        Case(
            "IPv6, port and path", Endpoint(address("2001:db8::1"), port: 8443, transport: .https, path: "/q"),
            "https://[2001:db8::1]:8443/q"),
    ]

    @Test("A query is a POST to the endpoint's address, with an ID of 0", arguments: endpoints)
    func request(endpoint: Case<Endpoint, String>) throws {
        let query = try PlainMessage.query("www.example", id: 0xABCD)
        let request = DoHMessage.request(query, for: endpoint.input, timeout: .seconds(1))
        #expect(request.method == .post)
        #expect(request.url == endpoint.output)
        #expect(request.address == endpoint.input.address)
        #expect(request.headers.contains(HTTPHeader("Content-Type", "application/dns-message")))
        #expect(request.headers.contains(HTTPHeader("Accept", "application/dns-message")))
        #expect(request.body == [0, 0] + query.dropFirst(2))
    }

    private static let header: [UInt8] = [0, 0, 0x81, 0x80, 0, 0, 0, 0, 0, 0, 0, 0]
    private static let restored: [UInt8] = [0xAB, 0xCD] + header.dropFirst(2)

    static let responses: [Case<HTTPResponse, Result<[UInt8], QueryFailure>>] = [
        Case("an answer", response(), .success(restored)),
        Case("a type with a parameter", response(type: "Application/DNS-message; x=y"), .success(restored)),
        Case("a refusal", response(status: 403), .failure(.transport("HTTP status 403"))),
        Case("a redirect", response(status: 301), .failure(.transport("HTTP status 301"))),
        Case(
            "a page", response(type: "text/html"),
            .failure(.transport("the HTTP answer is “text/html”, not application/dns-message"))),
        Case(
            "no type", response(type: nil),
            .failure(.transport("the HTTP answer is of no type, not application/dns-message"))),
        Case("no body", response(body: []), .failure(.malformed("0 octets over HTTPS"))),
        Case(
            "another ID", response(body: [1] + header.dropFirst()),
            .failure(.malformed("an ID other than the query's over HTTPS"))),
    ]

    @Test("Only a DNS message with status 2xx is an answer", arguments: responses)
    func answer(response: Case<HTTPResponse, Result<[UInt8], QueryFailure>>) {
        #expect(DoHMessage.answer(in: response.input, id: 0xABCD) == response.output)
    }

    private static func response(
        status: Int = 200, type: String? = "application/dns-message", body: [UInt8] = header
    ) -> HTTPResponse {
        HTTPResponse(status: status, headers: type.map { [HTTPHeader("content-type", $0)] } ?? [], body: body)
    }

    private static func address(_ text: String) -> IPAddress {
        IPAddress(text) ?? IPAddress.loopback
    }
}
