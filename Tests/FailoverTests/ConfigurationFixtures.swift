import DNSModel
import Failover
import FoundationEssentials
import Providers

/// The files of configurations beside the tests.
struct ConfigurationFixtures {
    let directory: String

    init(_ name: String, besides testFile: String = #filePath) {
        directory = (testFile.lastIndex(of: "/").map { String(testFile[..<$0]) } ?? ".") + "/Fixtures/\(name)"
    }

    /// Names without what follows their last dot.
    var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: directory)
                .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
        }
    }

    func octets(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: "\(directory)/\(name).yaml")))
    }

    func load(_ name: String) throws(ConfigurationErrors) -> Configuration {
        try Self.read("\(directory)/\(name).yaml")
    }

    static func read(_ path: String) throws(ConfigurationErrors) -> Configuration {
        try Configuration.load(path: path, environment: environment, providerKinds: kinds)
    }

    static let kinds: [any Provider.Type] = [HurricaneElectric.self, Cloudflare.self, RFC2136.self]

    static let environment = [
        "HE_KEY": "hunter2-he", "CF_TOKEN": "hunter2-cf", "OKERR_API_KEY": "hunter2-api", "EMPTY": "",
        "OKERR_SECRET": "hunter2-okerr", "API_TOKEN": "hunter2-token", "NO_URL": "hunter2-no-url",
        "PING_URL": "https://ping.example.org/hunter2-ping", "HOOK_URL": "https://hooks.example.org/hunter2-hook",
        "TSIG_KEY": "hmac-sha256:key:aHVudGVyMg==",
    ]
}
