import DNSModel
import Wire

extension ServiceTemplate {
    /// Hetzner DNS in the Cloud API (docs.hetzner.cloud): changes are actions that end later; a TTL is one of its own.
    static var hetzner: ServiceTemplate {
        let rrset = "/v1/zones/{zone}/rrsets/{sub}/{type}"
        let records = #"{"records": {elements_json}}"#
        var template = ServiceTemplate(
            name: "Hetzner DNS", base: "https://api.hetzner.cloud",
            writing: .rrsets(
                set: .json(.post, rrset + "/actions/set_records", records),
                create: .json(
                    .post, "/v1/zones/{zone}/rrsets",
                    #"{"name": "{sub}", "type": "{type}", "ttl": {ttl}, "records": {elements_json}}"#),
                setTTL: .json(.post, rrset + "/actions/change_ttl", #"{"ttl": {ttl}}"#),
                remove: .init(method: .delete, path: RequestText(rrset))))
        template.credentialAdvice = "give a token of the project that may read and write"
        template.headers = [.bearer]
        template.ok = .documents
        template.traits = .wholeZone(ttls: 60...2_147_483_647)
        template.lookup = TemplateLookup(
            path: RequestText(rrset), absent: [.init(statuses: [404...404])], values: "/rrset/records", value: "/value",
            ttl: "/rrset/ttl")
        // The zone is being changed by another action.
        template.temporary = [.init(statuses: [409...409, 423...423])]
        template.retryAfter = "RateLimit-Reset"
        template.poll = TemplatePoll(
            path: "/v1/actions/{poll_id}", id: "/action/id", state: "/action/status", done: ["success"],
            failed: ["error"])
        return template
    }
}

extension ServiceTemplate.Call {
    static func json(_ method: HTTPRequest.Method, _ path: String, _ body: String) -> Self {
        Self(method: method, path: RequestText(path), body: .init(use: .json, text: RequestText(body)))
    }
}
