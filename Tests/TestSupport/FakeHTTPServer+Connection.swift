import Glibc

/// One connection to a fake HTTP server, served on a thread of its own until either side ends it.
struct FakeHTTPConnection {
    private let descriptor: Int32
    private let state: FakeHTTPState

    init(_ descriptor: Int32, _ state: FakeHTTPState) {
        self.descriptor = descriptor
        self.state = state
    }

    func serve() {
        defer { state.remove(descriptor) }
        while let request = readRequest() {
            for answer in state.answers(to: request) {
                guard give(answer, to: request) else { return }
            }
        }
    }

    /// Gives one answer; false when the connection is over.
    private func give(_ answer: FakeHTTPServer.Answer, to request: FakeHTTPRequest) -> Bool {
        switch answer {
        case .response(let status, let headers, let body):
            let lines = headers + [("Content-Length", "\(body.utf8.count)")]
            let head = "HTTP/1.1 \(status) Scripted\r\n" + lines.map { "\($0.0): \($0.1)\r\n" }.joined() + "\r\n"
            return write(head + (request.method == "HEAD" ? "" : body))
        case .held: return waitForRelease()
        case .disconnect: return false
        case .raw(let text):
            _ = write(text)
            return false
        }
    }

    /// Blocks until the test releases the answer; false when the client has gone before.
    private func waitForRelease() -> Bool {
        var descriptors = [
            pollfd(fd: state.releaseGate.reader, events: Int16(POLLIN), revents: 0),
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&descriptors, 2, -1) < 0, errno == EINTR {}
        if descriptors[0].revents != 0 { return true }
        state.noteAbandoned()
        return false
    }

    private func readRequest() -> FakeHTTPRequest? {
        guard let head = readHead() else { return nil }
        let lines = head.split(separator: "\r\n").map(String.init)
        let start = (lines.first ?? "").split(separator: " ").map(String.init)
        guard start.count == 3 else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
        }
        let body = read(Int(headers["content-length"] ?? "") ?? 0)
        return FakeHTTPRequest(
            method: start[0], target: start[1], headers: headers, body: String(decoding: body, as: UTF8.self))
    }

    private func readHead() -> String? {
        var octets: [UInt8] = []
        while !octets.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            let next = read(1)
            guard next.count == 1 else { return nil }
            octets += next
        }
        return String(decoding: octets, as: UTF8.self)
    }

    private func read(_ count: Int) -> [UInt8] {
        // The kernel waits for data even when none is wanted.
        guard count > 0 else { return [] }
        var octets = [UInt8](repeating: 0, count: count)
        let received = recv(descriptor, &octets, count, Int32(MSG_WAITALL))
        return Array(octets.prefix(max(0, received)))
    }

    private func write(_ text: String) -> Bool {
        let octets = Array(text.utf8)
        return send(descriptor, octets, octets.count, Int32(MSG_NOSIGNAL)) == octets.count
    }
}
