import DNSModel
import TestSupport
import Testing

@testable import Providers

/// A provider and the service that it is tried against.
struct ContractSubject: Sendable, CustomTestStringConvertible {
    /// What tests call it: its kind, or its template.
    let name: String
    var kind: String { isTemplate ? "http" : name }
    var isTemplate = false
    /// Of the loopback service, where that differs from the provider's kind.
    var service: String?
    var serviceSettings: [String: String] = [:]
    /// Besides `url` and `timeout`.
    let settings: @Sendable () -> Settings
    /// The setting that lets us in, and what stands behind it.
    let credential: (setting: String, secret: String)
    /// Methods of requests that change something.
    var writes: Set<String> = ["POST", "PUT", "PATCH", "DELETE"]
    /// It looks before it writes, and so finds what somebody else has set.
    var noticesForeign = true
    var needs: String?

    var testDescription: String { name }

    /// Why it cannot be tried here; nil when it can.
    var obstacle: String? {
        guard LoopbackService.isInstalled else { return "python3" }
        switch needs {
        case "pdns_server"?: return ChildProcess.path(of: "pdns_server") == nil ? "pdns_server" : nil
        case let module?: return LoopbackService.hasModule(module) ? nil : "Python's \(module)"
        case nil: return nil
        }
    }

    func start(records: [LoopbackRecord] = [LoopbackRecord("cat.example.org", "A", ["192.0.2.1"])]) throws
        -> LoopbackService
    {
        try LoopbackService(
            service ?? name, settings: serviceSettings.map { ($0.key, .string($0.value)) }, records: records)
    }

    /// The provider for a service at `url`.
    func provider(at url: String, secret: String? = nil, timeout: String = "5s") throws -> any Provider {
        var settings = settings().with("kind", kind).with("url", url).with("timeout", timeout)
        settings.secrets["env:CREDENTIAL"] = secret ?? credential.secret
        let provider = try settings.with(credential.setting, "env:CREDENTIAL").provider()
        return provider.onJumpingClock
    }

    private static func template(
        _ name: String, token: String, _ settings: Settings = Settings(["zone": "example.org"]), looks: Bool = true
    ) -> ContractSubject {
        ContractSubject(
            name: name, isTemplate: true, serviceSettings: looks ? [:] : ["zone": "example.org"],
            settings: { settings.with("template", name) }, credential: ("token", token),
            writes: looks ? ["POST", "PUT", "PATCH", "DELETE"] : ["GET"], noticesForeign: looks)
    }

    static let all = [
        ContractSubject(
            name: "he", settings: { Settings([:]) }, credential: ("key", "he-record-key"), noticesForeign: false),
        ContractSubject(
            name: "dyndns2", settings: { Settings(["user": "user"]) }, credential: ("password", "dyndns2-password"),
            writes: ["GET"], noticesForeign: false),
        ContractSubject(
            name: "cloudflare", settings: { Settings(["zone_id": "023e105f4ecef8ad9ca31a8372d0c353"]) },
            credential: ("token", "cf-token-0123456789")),
        ContractSubject(
            name: "powerdns", settings: { Settings(["zone": "example.org"]) }, credential: ("key", "pdns-api-key"),
            needs: "pdns_server"),
        ContractSubject(
            name: "route53",
            settings: { Settings(["zone_id": "Z1D633PJN98FT9", "access_key_id": "AKIAIOSFODNN7EXAMPLE"]) },
            credential: ("secret_access_key", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), needs: "botocore"),
        template("hetzner", token: "hetzner-cloud-token"),
        template("digitalocean", token: "digitalocean-token"),
        template("desec", token: "desec-token", Settings(["zone": "example.org", "min_ttl": "60"])),
        template("gandi", token: "gandi-access-token"),
        template("duckdns", token: "duckdns-token", looks: false),
        template("dynv6", token: "dynv6-token", Settings([:]), looks: false),
    ]

    static let possible = all.filter { $0.obstacle == nil }
}

extension Provider {
    /// The same on a clock on which waiting takes no time, where it waits at all.
    var onJumpingClock: any Provider {
        if var provider = self as? Route53 {
            provider.polling.clock = JumpingClock()
            return provider
        }
        if var provider = self as? TemplateProvider {
            provider.polling.clock = JumpingClock()
            return provider
        }
        return self
    }
}
