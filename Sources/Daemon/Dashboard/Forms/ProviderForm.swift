/// What a form asks for one kind of provider. The fields are named as the settings are.
struct ProviderForm: Sendable {
    let kind: String
    let title: String
    let fields: [FormField]

    /// Other bases than the public one are for services behind a proxy of one's own, and for tests.
    private static let url = FormField("url", "Another base URL", hint: "only where it is not the service’s own")

    /// Programs are started by what the configuration file says, and by no form: there is none for `exec`.
    static let all = [
        ProviderForm(
            kind: "rfc2136", title: "RFC 2136 (BIND, Knot, PowerDNS …)",
            fields: [
                FormField("zone", "Zone", placeholder: "example.org", isRequired: true),
                FormField(
                    "server", "Primary server", hint: "empty: the one that the zone’s SOA names",
                    placeholder: "192.0.2.53:53"),
                FormField("key", "TSIG key", .secret, hint: "algorithm:name:secret, or a BIND key file’s text"),
                FormField("transport", "Transport", .choice([("", "automatic"), ("udp", "UDP"), ("tcp", "TCP")])),
            ]),
        ProviderForm(
            kind: "he", title: "Hurricane Electric (dns.he.net)",
            fields: [FormField("key", "Key of the record", .secret, isRequired: true), url]),
        ProviderForm(
            kind: "cloudflare", title: "Cloudflare",
            fields: [
                FormField(
                    "token", "API token", .secret, hint: "with the permission to edit the zone’s DNS", isRequired: true),
                FormField("zone", "Zone", hint: "its name; empty: found by the record’s", placeholder: "example.org"),
                FormField("zone_id", "Zone ID", hint: "for tokens that may not list zones"),
                FormField(
                    "proxied", "Proxied", .choice([("", "as it is"), ("false", "no: DNS only"), ("true", "yes")])), url,
            ]),
        ProviderForm(
            kind: "route53", title: "Amazon Route 53",
            fields: [
                FormField("zone_id", "Hosted zone ID", placeholder: "Z0123456789ABCDEFGHIJ", isRequired: true),
                FormField("access_key_id", "Access key ID", isRequired: true),
                FormField("secret_access_key", "Secret access key", .secret, isRequired: true),
                FormField("session_token", "Session token", .secret), url,
            ]),
        ProviderForm(
            kind: "powerdns", title: "PowerDNS API",
            fields: [
                FormField("url", "URL of the API", placeholder: "http://127.0.0.1:8081", isRequired: true),
                FormField("key", "API key", .secret, isRequired: true),
                FormField("zone", "Zone", placeholder: "example.org", isRequired: true),
                FormField("server_id", "Server ID", hint: "empty: localhost"),
            ]),
        ProviderForm(
            kind: "http", title: "deSEC, DigitalOcean, Duck DNS, dynv6, Gandi, Hetzner",
            fields: [
                FormField(
                    "template", "Service",
                    .choice([
                        ("desec", "deSEC"), ("digitalocean", "DigitalOcean"), ("duckdns", "Duck DNS"),
                        ("dynv6", "dynv6"),
                        ("gandi", "Gandi"), ("hetzner", "Hetzner DNS"),
                    ])),
                FormField("token", "Token", .secret, isRequired: true),
                FormField("zone", "Zone", hint: "not for Duck DNS and dynv6", placeholder: "example.org"), url,
            ]),
        ProviderForm(
            kind: "dyndns2", title: "dyndns2 protocol",
            fields: [
                FormField(
                    "service", "Service", hint: "such as dyn, no-ip, desec or strato; or give a server"),
                FormField("server", "Server", placeholder: "members.dyndns.org"), FormField("user", "User"),
                FormField("password", "Password", .secret, isRequired: true), url,
            ]),
        ProviderForm(
            kind: "sandbox", title: "Sandbox: a name server inside this program",
            fields: [
                FormField("zone", "Zone", placeholder: "example.test", isRequired: true),
                FormField("listen", "Address", hint: "empty: a free port of 127.0.0.1", placeholder: "127.0.0.1:5300"),
                FormField("ttl", "TTL", .number),
            ]),
    ]

    static func of(_ kind: String) -> ProviderForm { all.first { $0.kind == kind } ?? all[0] }
}
