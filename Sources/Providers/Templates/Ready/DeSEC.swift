import DNSModel
import Wire

extension ServiceTemplate {
    /// deSEC (desec.readthedocs.io): one request makes, changes or takes away, in a list that is taken as a whole.
    static var desec: ServiceTemplate {
        let path = "/api/v1/domains/{zone}/rrsets/"
        func call(records: String) -> Call {
            .json(.patch, path, #"[{"subname": "{subname}", "type": "{type}", "ttl": {ttl}, "records": \#(records)}]"#)
        }
        var template = ServiceTemplate(
            name: "deSEC", base: "https://desec.io",
            writing: .rrsets(set: call(records: "{values_json}"), remove: call(records: "[]")))
        template.credentialAdvice = "give a token that may write the record"
        template.headers = [.init(name: "Authorization", value: "Token {token}")]
        template.ok = .documents
        // A domain's minimum is an hour unless deSEC has lowered it; it may be as low as a minute.
        template.traits = .wholeZone(ttls: 3600...86_400, settleTime: .seconds(60))
        template.defaultTTL = TTL(3600)
        template.lookup = TemplateLookup(
            path: RequestText(path + "{sub}/{type}/"), absent: [.init(statuses: [404...404])], values: "/records",
            ttl: "/ttl")
        return template
    }
}
