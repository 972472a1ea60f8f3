import DNSModel

/// Cloudflare's envelope: `success`, `errors` with codes, and `result`.
extension ServiceReply {
    private static let recordIsGone = 81044
    private static let recordExists: Set = [81057, 81058]

    /// The whole envelope; throws what the service says instead.
    func cloudflareResult(of subject: String) throws(ProviderError) -> JSONNode {
        let document: JSONNode
        do {
            document = try json()
        } catch {
            // Pages of its front end are no JSON; then the status is all there is.
            throw isSuccess ? error : refusal(of: subject)
        }
        guard !isSuccess || document["success"]?.bool != true else { return document }
        let codes = codes(in: document)
        if !codes.isDisjoint(with: Self.recordExists) {
            throw .conflict("Cloudflare has such a record already: somebody else has made it", found: nil, reply: text)
        }
        guard isSuccess else { throw refusal(of: subject) }
        guard document["success"]?.bool == false else { throw unintelligible("no success and no failure") }
        throw .permanent("Cloudflare refused \(subject)", reply: text)
    }

    /// Whether a record that was to be changed is no longer there, or one that was to be made is there already.
    var saysRecordsHaveChanged: Bool {
        guard !isSuccess, let document = try? json() else { return false }
        return !codes(in: document).isDisjoint(with: Self.recordExists.union([Self.recordIsGone]))
    }

    /// How long no call may follow: nothing remains of the limit, or it was exceeded.
    var cloudflareRest: Duration? {
        if status == 429 { return retryAfter ?? .seconds(300) }
        // Ratelimit: "default";r=50;t=30
        guard let fields = header("Ratelimit")?.split(separator: ";"), fields.contains("r=0"),
            let field = fields.first(where: { $0.hasPrefix("t=") }), let seconds = UInt16(field.dropFirst(2))
        else { return nil }
        return .seconds(Int(seconds))
    }

    private func codes(in document: JSONNode) -> Set<Int> {
        Set(document["errors"]?.elements.compactMap { $0["code"]?.integer } ?? [])
    }
}
