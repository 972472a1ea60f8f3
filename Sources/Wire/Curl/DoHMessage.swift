import DNSModel

/// DNS messages as HTTP requests and responses (RFC 8484).
enum DoHMessage {
    private static let mediaType = "application/dns-message"

    /// Asks by POST, whose answers no HTTP cache keeps, so that TTLs need no correction by age (RFC 8484 §5.1).
    static func request(_ message: [UInt8], for endpoint: Endpoint, timeout: Duration) -> HTTPRequest {
        let literal = endpoint.address.family == .ipv6 ? "[\(endpoint.address)]" : "\(endpoint.address)"
        let path = endpoint.path ?? "/dns-query"
        var request = HTTPRequest(
            .post, "https://\(endpoint.serverName ?? literal):\(endpoint.port)\(path)",
            headers: [HTTPHeader("Content-Type", mediaType), HTTPHeader("Accept", mediaType)],
            // HTTP matches answers to requests; an ID of 0 lets servers cache (RFC 8484 §4.1).
            body: message.withID(0), timeout: timeout)
        request.address = endpoint.address
        request.bodyLimit = 65_535
        return request
    }

    /// The DNS message in a response, with `id` put back.
    static func answer(in response: HTTPResponse, id: UInt16) -> Result<[UInt8], QueryFailure> {
        guard (200..<300).contains(response.status) else {
            return .failure(.transport("HTTP status \(response.status)"))
        }
        let type = response.header("Content-Type") ?? ""
        guard type.prefix(while: { $0 != ";" && $0 != " " }).lowercased() == mediaType else {
            return .failure(
                .transport("the HTTP answer is \(type.isEmpty ? "of no type" : "“\(type)”"), not \(mediaType)"))
        }
        guard response.body.count >= 12 else { return .failure(.malformed("\(response.body.count) octets over HTTPS")) }
        guard response.body.id == 0 else { return .failure(.malformed("an ID other than the query's over HTTPS")) }
        return .success(response.body.withID(id))
    }
}
