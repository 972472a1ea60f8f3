import DNSModel
import Wire

extension ServiceTemplate {
    var words: ServiceWords {
        ServiceWords(
            name: name, credential: "the token", credentialAdvice: credentialAdvice,
            absenceAdvice: zone == nil && usedPlaceholders.contains(.zone) ? "check zone" : "check the record's name")
    }

    /// A request as it is sent.
    func filled(_ call: Call, _ values: RequestValues, changes: Bool = true) -> ServiceCall {
        let path = call.path.filled(values, as: .path)
        var result = changes ? ServiceCall.changing(call.method, path) : .reading(path)
        result.headers = headers.map { HTTPHeader($0.name, $0.value.filled(values, as: .header)) }
        guard let body = call.body else { return result }
        result.body = Array(body.text.filled(values, as: body.use).utf8)
        result.headers += body.contentType.map { [$0] } ?? []
        return result
    }

    /// Throws what a reply means when it is not good. Without a change it only tells.
    func check(_ reply: ServiceReply, of change: RRsetChange?, subject: String? = nil) throws(ProviderError) {
        let subject = subject ?? change.map { "the change of \($0.name) \($0.type)" } ?? "the request"
        if let rule = fatal.first(where: { $0.matches(reply) }) {
            let advice = rule.advice ?? "only somebody who reads its reply can help"
            throw .permanent("\(name) refused \(subject); \(advice)", reply: reply.text)
        }
        if temporary.contains(where: { $0.matches(reply) }) {
            throw .temporary("\(name) cannot do it now", reply: reply.text, retryAfter: wait(after: reply))
        }
        guard reply.isSuccess else { throw delayed(reply.refusal(of: subject), reply) }
        guard let change else { return }
        guard ok.isEmpty || ok.contains(where: { $0.matches(reply) }) else {
            throw reply.unintelligible("words that its template does not have")
        }
        if echoes { try checkEcho(reply, of: change) }
    }

    func saysUnchanged(_ reply: ServiceReply) -> Bool { unchanged.contains { $0.matches(reply) } }

    /// Services have published another address than they were given: the one that comes back must be the wanted one.
    private func checkEcho(_ reply: ServiceReply, of change: RRsetChange) throws(ProviderError) {
        let words = String(decoding: reply.body, as: UTF8.self).split { $0.isWhitespace }
        let found = Set(words.compactMap { IPAddress($0) }.map { RecordData($0) }.filter { $0.type == change.type })
        guard found.isSubset(of: change.new) else {
            let shown = found.sorted().map(\.text).joined(separator: " ")
            let message = "\(name) says that \(change.name) \(change.type) is now \(shown), which nobody asked for"
            throw .conflict(message, found: found, reply: reply.text)
        }
    }

    private func delayed(_ error: ProviderError, _ reply: ServiceReply) -> ProviderError {
        guard case .temporary(let message, let text, let wait) = error else { return error }
        return .temporary(message, reply: text, retryAfter: wait ?? self.wait(after: reply))
    }

    /// How long to leave the service alone, by the header that it has for that.
    private func wait(after reply: ServiceReply) -> Duration? {
        reply.retryAfter ?? retryAfter.flatMap { reply.retryAfter(in: $0) }
    }
}

extension ReplyRule {
    func matches(_ reply: ServiceReply) -> Bool { matches(status: reply.status, body: reply.body) }
}

extension ServiceTemplate.Body {
    fileprivate var contentType: HTTPHeader? {
        switch use {
        case .json: HTTPHeader("Content-Type", "application/json")
        case .form: HTTPForm.contentType
        case .plain: HTTPHeader("Content-Type", "text/plain")
        case .path, .header: nil
        }
    }
}
