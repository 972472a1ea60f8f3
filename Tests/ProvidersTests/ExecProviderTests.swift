import DNSModel
import FoundationEssentials
import TestSupport
import Testing
import Wire

@testable import Providers

@Suite("Programs that publish")
struct ExecProviderTests {
    private let network: Network
    private let directory: TemporaryDirectory

    init() throws {
        network = try .loopback()
        directory = try TemporaryDirectory()
    }

    private func settings(_ script: String, _ more: KeyValuePairs<String, SettingTree> = [:]) throws -> Settings {
        let path = try directory.write(script, to: "publish")
        return Settings(["kind": "exec"], secrets: ["env:TOKEN": #"ge"heim"#])
            .with(["command": ["/bin/sh", SettingTree(path), SettingTree(directory.path)]])
            .with(more)
    }

    private func contents(_ name: String) throws -> String {
        try String(contentsOf: URL(filePath: "\(directory.path)/\(name)"), encoding: .utf8)
    }

    private func outcome(of script: String, from old: [String]? = ["192.0.2.1"]) async throws -> ProviderOutcome {
        let provider = try settings(script, ["timeout": "5s"]).provider()
        return try await provider.apply([.of(from: old, to: ["192.0.2.2"])], over: network)[0]
    }

    @Test("A program reads what is wanted, what was, and whose change it is")
    func request() async throws {
        let provider = try settings(
            #"cat >"$1/input"; echo '{"values": ["192.0.2.2"], "ttl": 60, "changed": true, "opaque": {"a": 1}}'"#
        ).provider()
        var change = try RRsetChange.of(from: ["192.0.2.3", "192.0.2.1"], to: ["192.0.2.2"], ttl: 60)
        change.origin = ChangeOrigin(scheme: SchemeName("cat"), number: ChangeNumber(17), owner: "dnsconverge@host")
        let reply = try await provider.apply(change, over: network)
        #expect(reply.values == change.new && !reply.isUnchanged && reply.text.contains(#""opaque""#))
        #expect(
            try contents("input") == """
                {"op": "set", "fqdn": "cat.example.org", "type": "A", "ttl": 60, "values": ["192.0.2.2"], \
                "expect": ["192.0.2.1", "192.0.2.3"], "scheme": "cat", "epoch": 17, "owner": "dnsconverge@host", \
                "dry_run": false}

                """)
    }

    @Test("What is not known is null, and what is to go is empty")
    func unknown() async throws {
        let provider = try settings(#"cat >"$1/input""#).provider()
        _ = try await provider.apply(RRsetChange.of(from: nil, to: []), over: network)
        #expect(
            try contents("input") == """
                {"op": "set", "fqdn": "cat.example.org", "type": "A", "ttl": null, "values": [], "expect": null, \
                "scheme": null, "epoch": null, "owner": null, "dry_run": false}

                """)
    }

    @Test("What there is is read back, where the program can tell")
    func readsBack() async throws {
        let script = #"grep -q '"op": "get"' && echo '{"values": ["192.0.2.7"], "ttl": 120}'"#
        let name = try DomainName("cat.example.org")
        let published = try await settings(script).provider().current(name, .a, over: network)
        #expect(try published?.values == RRsetChange.of(from: nil, to: ["192.0.2.7"]).new)
        #expect(published?.ttl == TTL(120))
        let mute = try settings(script, ["reads_back": "false"]).provider()
        #expect(try await mute.current(name, .a, over: network) == nil)
        #expect(!mute.traits.readsBack)
        let empty = try settings("true").provider()
        await #expect(throws: ProviderError.self) { try await empty.current(name, .a, over: network) }
    }

    @Test("Nothing is run for what changes nothing")
    func changesNothing() async throws {
        let provider = try settings(#"touch "$1/ran""#).provider()
        #expect(
            try await provider.apply(RRsetChange.of(from: ["192.0.2.1"], to: ["192.0.2.1"]), over: network).isUnchanged)
        #expect(!FileManager.default.fileExists(atPath: directory.path + "/ran"))
    }

    @Test("A program that had it already says so")
    func unchanged() async throws {
        let outcome = try await outcome(of: #"echo '{"values": ["192.0.2.2"], "changed": false}'"#)
        #expect(try outcome.get().isUnchanged)
    }

    enum Verdict: Sendable { case permanent, temporary, conflict, uncertain }

    @Test(
        "How a program ends is its verdict",
        arguments: [
            Case("75: later", "echo busy >&2; exit 75", (.temporary, "cannot do it now: busy")),
            Case(
                "78: never like this", "echo no such zone >&2; exit 78",
                (.permanent, "refused cat.example.org A: no such zone")),
            Case("3: somebody else's", #"echo '{"values": ["192.0.2.9"]}'; exit 3"#, (.conflict, "192.0.2.9")),
            Case("3 without a word", "exit 3", (.conflict, "found another value")),
            Case("another code", "exit 1", (.uncertain, "ended with the exit code 1")),
            Case("what it needs is missing", "exec /nonexistent/program", (.permanent, "could not run what it needs")),
            Case("a signal", "kill -KILL $$", (.uncertain, "was ended by signal 9")),
            Case("well, and no JSON", "echo done", (.uncertain, "ended well and wrote no JSON")),
            Case("well, and another kind of JSON", "echo '[]'", (.uncertain, "a list instead of an object")),
            Case("well, and addresses that are none", #"echo '{"values": ["cat"]}'"#, (.uncertain, "no A: cat")),
            Case("well, and numbers for addresses", #"echo '{"values": [1]}'"#, (.uncertain, "no list of strings")),
            Case("well, and another value", #"echo '{"values": ["192.0.2.9"]}'"#, (.conflict, "is now 192.0.2.9")),
        ] as [Case<String, (Verdict, String)>])
    func verdicts(_ row: Case<String, (Verdict, String)>) async throws {
        guard case .failure(let error) = try await outcome(of: row.input) else {
            Issue.record("it succeeded")
            return
        }
        let verdict: Verdict =
            switch error {
            case .permanent: .permanent
            case .temporary: .temporary
            case .conflict: .conflict
            case .uncertain: .uncertain
            }
        #expect(verdict == row.output.0, "\(error)")
        #expect("\(error)".contains(row.output.1), "\(error)")
    }

    @Test("A program that takes too long is ended with everything that it has started, and leaves it open")
    func timeout() async throws {
        // Whoever still runs holds the lock.
        let script = #"exec 9>"$1/lock"; flock 9; sleep 600 & wait"#
        let provider = try settings(script, ["timeout": "1s"]).provider()
        let outcome = await provider.apply([try .of(from: ["192.0.2.1"], to: ["192.0.2.2"])], over: network)[0]
        guard case .failure(.uncertain(let message)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(message.contains("was not done after 1s and was ended"))
        let lock = Command(["flock", "\(directory.path)/lock", "true"], timeout: .seconds(60))
        #expect(try await lock.run().ending == .exited(0))
    }

    @Test("Secrets reach the program by its environment and nobody else")
    func secrets() async throws {
        let script =
            #"cat >/dev/null; echo "$0 $* has $TOKEN" >&2; printf '{"opaque": "%s"}' 'ge\"heim'; exit ${CODE:-0}"#
        for code in ["0", "1", "3", "75", "78"] {
            let provider = try settings(
                script.replacing("${CODE:-0}", with: code), ["environment": ["TOKEN": "env:TOKEN", "PLAIN": "a"]]
            ).provider()
            var printed = "\(provider)" + String(reflecting: provider)
            dump(provider, to: &printed)
            let outcome = await provider.apply([try .of(from: ["192.0.2.1"], to: ["192.0.2.2"])], over: network)[0]
            printed += "\(outcome)"
            #expect(!printed.contains("heim"), "\(printed)")
            if code == "78" { #expect(printed.contains("has <secret>"), "\(printed)") }
        }
    }

    @Test("A program that is not there is for a person")
    func missing() async throws {
        let provider = try Settings(["kind": "exec", "command": "/nonexistent/publish"]).provider()
        let outcome = await provider.apply([try .of(from: ["192.0.2.1"], to: ["192.0.2.2"])], over: network)[0]
        guard case .failure(.permanent(let message, _)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(message.contains("/nonexistent/publish: no such program"))
    }

    @Test(
        "Settings that cannot be meant are told",
        arguments: [
            Case(
                "no program", Settings(["kind": "exec"]), "provider: needs command: give the program and its arguments"),
            Case(
                "a variable that is none",
                Settings(["kind": "exec", "command": "x"]).with(["environment": ["A-B": "x"]]),
                "provider.environment.A-B: is no name of a variable"),
            Case(
                "a secret that is not there",
                Settings(["kind": "exec", "command": "x"]).with(["environment": ["A": "env:NONE"]]),
                "provider.environment.A: env:NONE is not there"),
            Case(
                "a command line", Settings(["kind": "exec", "command": "publish --all"]),
                "provider.command: is one word with blanks in it: give the program and its arguments, as a list"),
        ])
    func badSettings(_ row: Case<Settings, String>) {
        let problems = row.input.problems
        #expect(problems.count == 1 && problems[0].hasPrefix(row.output), "\(problems)")
    }
}
