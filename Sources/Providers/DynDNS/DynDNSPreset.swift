import DNSModel

/// What is known of a service that speaks the dyndns2 protocol.
struct DynDNSPreset: Sendable {
    /// How the addresses of two families go to the service.
    enum Families: Sendable {
        /// In a call for each.
        case apart
        /// In one call, `myip=192.0.2.1,2001:db8::1`.
        case listed
        /// In one call, the IPv6 address under a name of its own; `kept` says that the other family stays as it is.
        case named(ipv4: String, ipv6: String, kept: String?)
    }

    let name: String
    /// Scheme and host.
    let base: String
    var path = "/nic/update"
    var families = Families.apart
    /// The user is the record's name, and the password belongs to the record.
    var userIsName = false
    var minInterval = Duration.seconds(60)

    static let all = [
        DynDNSPreset(name: "all-inkl", base: "https://dyndns.kasserver.com"),
        DynDNSPreset(name: "ddnss", base: "https://ddnss.de"),
        // It takes the other family away when that is not given, and wants a minute between updates.
        DynDNSPreset(
            name: "desec", base: "https://update.dedyn.io",
            families: .named(ipv4: "myipv4", ipv6: "myipv6", kept: "preserve"), userIsName: true),
        DynDNSPreset(name: "dyn", base: "https://members.dyndns.org", families: .listed, minInterval: .seconds(600)),
        DynDNSPreset(name: "dynv6", base: "https://dynv6.com"),
        DynDNSPreset(name: "he", base: "https://dyn.dns.he.net", userIsName: true, minInterval: .seconds(300)),
        DynDNSPreset(name: "joker", base: "https://svc.joker.com"),
        DynDNSPreset(name: "luadns", base: "https://app.luadns.com"),
        DynDNSPreset(name: "nic.ru", base: "https://api.nic.ru"),
        DynDNSPreset(
            name: "no-ip", base: "https://dynupdate.no-ip.com", families: .listed, minInterval: .seconds(300)),
        DynDNSPreset(name: "nsupdate.info", base: "https://ipv4.nsupdate.info", userIsName: true),
        DynDNSPreset(name: "strato", base: "https://dyndns.strato.com"),
        DynDNSPreset(name: "websupport", base: "https://dyndns.websupport.sk"),
    ]
}
