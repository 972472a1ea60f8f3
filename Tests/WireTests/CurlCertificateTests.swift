import DNSModel
import FoundationEssentials
import TestSupport
import Testing

@testable import Wire

@Suite(
    "The certificate of a web server",
    .enabled(if: ChildProcess.path(of: "openssl") != nil, "openssl is not installed"))
struct CurlCertificateTests {
    private let authority: TestAuthority
    private let client: HTTPClient

    init() async throws {
        authority = try await blocking { try TestAuthority() }
        client = HTTPClient(trust: try TLSTrust(additionalCAFile: authority.file))
    }

    private func request(_ host: String, _ server: LocalWebServer) -> HTTPRequest {
        var request = HTTPRequest(.get, "https://\(host)/")
        request.address = .loopback
        request.port = server.port
        request.wantsConnectionDetails = true
        request.newConnection = true
        return request
    }

    @Test("SNI and certificate stay those of the URL, whatever address and port is connected to")
    func name() async throws {
        let server = try await blocking {
            try LocalWebServer(
                authority.certificate(for: "DNS:other.test"),
                named: ("cat.test", authority.certificate(for: "DNS:cat.test")))
        }
        #expect(try await client.send(request("cat.test", server)).status == 200)
        #expect(try await client.send(request("other.test", server)).status == 200)
    }

    @Test("The day on which a certificate expires is told")
    func expiry() async throws {
        let server = try await blocking { try LocalWebServer(authority.certificate(for: "DNS:cat.test", days: 30)) }
        let response = try await client.send(request("cat.test", server))
        let details = try #require(response.connection)
        let days = try #require(details.certificateExpiry).timeIntervalSinceNow / 86_400
        #expect((29.9...30).contains(days))
        #expect(details.connected <= details.secured)
        #expect(details.secured > .zero)
    }

    static let refusals: [Case<(names: String, days: Int, isTrusted: Bool), CertificateProblem>] = [
        Case("expired yesterday", ("DNS:cat.test", -1, true), .expired),
        Case("for another name", ("DNS:dog.test", 7, true), .wrongName),
        Case("for an address only", ("IP:127.0.0.1", 7, true), .wrongName),
        Case("signed by nobody known", ("DNS:cat.test", 7, false), .untrusted),
    ]

    @Test("A certificate is refused for what is wrong with it, and taken by whoever does not care", arguments: refusals)
    func refusal(refusal: Case<(names: String, days: Int, isTrusted: Bool), CertificateProblem>) async throws {
        let server = try await blocking {
            try LocalWebServer(authority.certificate(for: refusal.input.names, days: refusal.input.days))
        }
        let client = refusal.input.isTrusted ? client : HTTPClient()
        var request = request("cat.test", server)
        let failure = await #expect(throws: TransferFailure.self) { try await client.send(request) }
        guard case .certificate(refusal.output, let reason) = failure else {
            Issue.record("another failure: \(String(describing: failure))")
            return
        }
        #expect(!reason.isEmpty)
        #expect(failure?.mayHaveBeenReceived == false)
        request.verifiesCertificate = false
        let details = try #require(try await client.send(request).connection)
        #expect((details.certificateExpiry ?? .distantFuture < Date()) == (refusal.output == .expired))
    }

    @Test("A connection whose certificate was not looked at serves no request that wants it looked at")
    func unverifiedIsNotShared() async throws {
        let server = try await blocking { try LocalWebServer(authority.certificate(for: "DNS:dog.test")) }
        var request = request("cat.test", server)
        request.newConnection = false
        request.verifiesCertificate = false
        #expect(try await client.send(request).status == 200)
        request.verifiesCertificate = true
        await #expect(throws: TransferFailure.self) { try await client.send(request) }
    }

    static let times: [Case<String, Double?>] = [
        Case("a day of two digits", "Nov 21 05:48:45 2026 GMT", 1_795_240_125),
        Case("a day of one digit", "Feb  9 00:00:00 2036 GMT", 2_086_128_000),
        Case("a leap day", "Feb 29 23:59:59 2028 GMT", 1_835_481_599),
        Case("before 1970", "Jan  1 00:00:00 1950 GMT", -631_152_000),
        Case("another language", "21 Nov 2026 05:48:45", nil),
        Case("a clock that shows nothing", "Nov 21 5h48 2026 GMT", nil),
        Case("nothing", "", nil),
    ]

    @Test("Times are read as OpenSSL prints them", arguments: times)
    func time(time: Case<String, Double?>) {
        #expect(CertificateTime.date(time.input)?.timeIntervalSince1970 == time.output)
    }
}
