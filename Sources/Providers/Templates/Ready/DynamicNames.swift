import DNSModel
import Wire

extension ServiceTemplate {
    /// Duck DNS (www.duckdns.org/spec.jsp). Without an address it would set that of whoever asks.
    static var duckDNS: ServiceTemplate {
        var template = ServiceTemplate(
            name: "Duck DNS", base: "https://www.duckdns.org",
            writing: .rrsets(
                set: .init(
                    method: .get, path: "/update?domains={sub}&token={token}&{parameter}={value}&verbose=true")))
        template.credentialAdvice = dynamicAdvice
        template.zone = try? DomainName("duckdns.org")
        template.parameters = [.a: "ip", .aaaa: "ipv6"]
        template.traits = .dynamicName
        template.ok = [.init(firstWords: ["OK"])]
        template.unchanged = [.init(words: ["NOCHANGE"])]
        template.fatal = [.init(firstWords: ["KO"], advice: dynamicAdvice)]
        template.echoes = true
        return template
    }

    /// dynv6 (dynv6.com/docs/apis): the addresses of a zone itself.
    static var dynv6: ServiceTemplate {
        var template = ServiceTemplate(
            name: "dynv6", base: "https://dynv6.com",
            writing: .rrsets(
                set: .init(
                    method: .get, path: "/api/update?hostname={fqdn}&token={token}&{parameter}={value}")))
        template.credentialAdvice = dynamicAdvice
        template.parameters = [.a: "ipv4", .aaaa: "ipv6"]
        template.traits = .dynamicName
        template.ok = [.init(firstWords: ["addresses"])]
        template.unchanged = [.init(firstWords: ["addresses"], words: ["unchanged"])]
        return template
    }

    private static let dynamicAdvice = "check the token, and that the name is the account's"
}
