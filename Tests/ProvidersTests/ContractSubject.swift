import DNSModel
import TestSupport
import Testing

@testable import Providers

/// A provider and the service that it is tried against.
struct ContractSubject: Sendable, CustomTestStringConvertible {
    let kind: String
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

    var testDescription: String { kind }

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
            service ?? kind, settings: serviceSettings.map { ($0.key, .string($0.value)) }, records: records)
    }

    /// The provider for a service at `url`.
    func provider(at url: String, secret: String? = nil, timeout: String = "5s") throws -> any Provider {
        var settings = settings().with("kind", kind).with("url", url).with("timeout", timeout)
        settings.secrets["env:CREDENTIAL"] = secret ?? credential.secret
        return try settings.with(credential.setting, "env:CREDENTIAL").provider()
    }

    static let all = [
        ContractSubject(
            kind: "he", settings: { Settings([:]) }, credential: ("key", "he-record-key"), noticesForeign: false),
        ContractSubject(
            kind: "dyndns2", settings: { Settings(["user": "user"]) }, credential: ("password", "dyndns2-password"),
            writes: ["GET"], noticesForeign: false),
        ContractSubject(
            kind: "cloudflare", settings: { Settings(["zone_id": "023e105f4ecef8ad9ca31a8372d0c353"]) },
            credential: ("token", "cf-token-0123456789")),
        ContractSubject(
            kind: "powerdns", settings: { Settings(["zone": "example.org"]) }, credential: ("key", "pdns-api-key"),
            needs: "pdns_server"),
        ContractSubject(
            kind: "route53",
            settings: { Settings(["zone_id": "Z1D633PJN98FT9", "access_key_id": "AKIAIOSFODNN7EXAMPLE"]) },
            credential: ("secret_access_key", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), needs: "botocore"),
    ]

    static let possible = all.filter { $0.obstacle == nil }
}
