import DNSModel
import Failover
import FoundationEssentials
import Glibc
import Providers
import TestSupport
import Testing

@Suite("Settings that come while the program runs")
struct RunTimeSettingsTests {
    @Test("a secret that is written out goes into a file of the daemon, and the settings refer to that")
    func secrets() throws {
        let directory = try TemporaryDirectory()
        let (configuration, store) = try Self.configuration(directory)
        let scheme = try configuration.scheme(
            "new", from: Self.settings(key: "very secret"), by: .network, insteadOf: nil, secrets: store)
        #expect(!scheme.exported.contains("very secret"))
        let reference = try #require(scheme.source[["provider", "key"]]?.texts.first)
        #expect(store.owns(reference))
        let path = String(reference.dropFirst(5))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "very secret")
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)

        let again = try configuration.scheme(
            "new", from: scheme.source, by: .network, insteadOf: scheme.source, secrets: store)
        #expect(again.source.saysTheSame(as: scheme.source))
        store.forget(scheme.source.texts)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("what is wrong besides leaves no file behind")
    func mistakes() throws {
        let directory = try TemporaryDirectory()
        let (configuration, store) = try Self.configuration(directory)
        let settings = Self.settings(key: "very secret").setting(["servers"], to: nil)
        #expect(throws: ConfigurationErrors.self) {
            try configuration.scheme("new", from: settings, by: .network, insteadOf: nil, secrets: store)
        }
        #expect(!FileManager.default.fileExists(atPath: store.directory))
    }

    static let forbidden: [Case<(path: [String], value: SettingNode), String>] = [
        Case("a file of the machine", (["provider", "key"], .text("file:/etc/shadow")), "provider.key"),
        Case("a variable of the daemon", (["provider", "key"], .text("env:PATH")), "provider.key"),
        Case("a way out of the directory", (["provider", "key"], .text("file:secrets/../../x")), "provider.key"),
        Case("a plugin", (["servers", "a", "check"], .group("exec", .text("/bin/true"))), "servers.a.check.exec"),
        Case("a provider's program", (["provider", "kind"], .text("exec")), "provider.kind"),
        Case("a hook", (["hooks"], .group("before", .text("/bin/true"))), "hooks"),
        Case(
            "a mailer", (["notify"], .group("email", .group("command", .text("/bin/true")))), "notify.email.command"),
    ]

    @Test("from the network neither programs nor the daemon's files can be named", arguments: forbidden)
    func refused(_ row: Case<(path: [String], value: SettingNode), String>) throws {
        let directory = try TemporaryDirectory()
        let (configuration, store) = try Self.configuration(directory)
        let settings = Self.settings(key: "x").setting(row.input.path, to: row.input.value)
        do throws(ConfigurationErrors) {
            _ = try configuration.scheme("new", from: settings, by: .network, insteadOf: nil, secrets: store)
            Issue.record("it must be refused")
        } catch {
            #expect(error.problems.map(\.field) == [row.output])
        }
    }

    private static func settings(key: String) -> SettingNode {
        let server = SettingNode.group("address", .text("192.0.2.1"))
            .setting(["priority"], to: .text("100")).setting(["check"], to: .group("tcp", .text("443")))
        return SettingNode.group("record", .text("new.example.org"))
            .setting(["provider"], to: .group("kind", .text("he")).setting(["key"], to: .text(key)))
            .setting(["servers"], to: .group("a", server))
    }

    private static func configuration(_ directory: TemporaryDirectory) throws -> (Configuration, SecretStore) {
        let context = ConfigurationContext(
            references: SecretReferences(environment: ["PATH": "x"], directory: directory.path),
            providerKinds: Providers.kinds)
        let text = "store: \(directory.path)/journal.sqlite\n"
        let configuration = try Configuration(Array(text.utf8), subject: "test", context)
        return (configuration, configuration.secrets)
    }
}

extension SettingNode {
    fileprivate static func text(_ text: String) -> SettingNode { SettingNode(.scalar(text, isQuoted: true)) }

    fileprivate static func group(_ key: String, _ node: SettingNode) -> SettingNode {
        SettingNode(.mapping([Member(key: key, place: nil, node: node)]))
    }
}
