/// An HTTP/2 server on 127.0.0.1 that answers in the order of a test's choice, for one connection.
///
/// It knows no more of RFC 9113 than it needs: requests with a small body, and answers of one frame of each kind.
package final class ScriptedHTTP2Server: Sendable {
    package struct Request: Sendable {
        let stream: UInt32
        package let body: [UInt8]
    }

    private enum FrameType: UInt8 {
        case data = 0
        case headers = 1
        case settings = 4
    }

    private struct Frame {
        let type: FrameType?
        let flags: UInt8
        let stream: UInt32
        let payload: [UInt8]
    }

    private static let endStream: UInt8 = 1
    private static let acknowledgement: UInt8 = 1
    private static let endHeaders: UInt8 = 4
    private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    private static let contentType = Array("application/dns-message".utf8)

    private let server: ScriptedTLSServer

    package init(_ certificate: TestAuthority.Certificate) throws {
        server = try ScriptedTLSServer(certificate, protocol: "h2")
    }

    package var port: UInt16 { server.port }

    /// Blocks until the client has connected; false when it speaks something else.
    package func accept() -> Bool {
        let isClient = server.receive(Self.preface.count) == Self.preface
        send(.settings)
        return isClient
    }

    /// Blocks until a whole request has come; nil when the connection ends before.
    package func receiveRequest() -> Request? {
        var body: [UInt8] = []
        while let frame = receiveFrame() {
            switch frame.type {
            case .settings where frame.flags & Self.acknowledgement == 0:
                send(.settings, flags: Self.acknowledgement)
            case .data:
                body += frame.payload
                if frame.flags & Self.endStream != 0 { return Request(stream: frame.stream, body: body) }
            default: break
            }
        }
        return nil
    }

    /// Answers a request with status 200 and a DNS message.
    package func answer(_ request: Request, _ message: [UInt8]) {
        // `:status: 200` from the static table, then content-type by its name there, as a literal (RFC 7541, appendix A).
        let headers = [0x88, 0x0F, 0x10, UInt8(Self.contentType.count)] + Self.contentType
        send(.headers, flags: Self.endHeaders, stream: request.stream, headers)
        send(.data, flags: Self.endStream, stream: request.stream, message)
    }

    private func receiveFrame() -> Frame? {
        let header = server.receive(9)
        guard header.count == 9 else { return nil }
        let length = header[..<3].reduce(0) { $0 << 8 | Int($1) }
        let stream = header[5...].reduce(0) { $0 << 8 | UInt32($1) }
        return Frame(
            type: FrameType(rawValue: header[3]), flags: header[4], stream: stream, payload: server.receive(length))
    }

    private func send(_ type: FrameType, flags: UInt8 = 0, stream: UInt32 = 0, _ payload: [UInt8] = []) {
        let number = { (value: UInt32, octets: Int) in
            (0..<octets).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        server.send(number(UInt32(payload.count), 3) + [type.rawValue, flags] + number(stream, 4) + payload)
    }
}
