import DNSModel
import Wire

/// Runs a monitoring plugin: its exit status says how the server is, its first line why (Monitoring Plugins Development
/// Guidelines).
///
/// `$ADDRESS$`, `$SERVER$` and `$SCHEME$` in its arguments stand for the server's; the environment has them as
/// `DNSCONVERGE_ADDRESS` and so on.
package struct ExecCheck: HealthCheck {
    package static let kind = "exec"

    private let program: ProgramCall
    private let target: CheckTarget
    private let environment: [String: Secret]
    private let healthOnTimeout: Health
    private let timeout: Duration

    package init?(reading settings: inout SettingReader, in context: CheckContext) {
        let form = "a plugin and its arguments"
        let program = settings.required(Self.kind, settings.program(Self.kind), form: form)
        let target = CheckTarget(reading: &settings, in: context, isOptional: true)
        healthOnTimeout = settings.word("on_timeout", ["fail": .fail, "unknown": .unknown]) ?? .fail
        environment =
            settings.group("environment") { settings in
                settings.keys.reduce(into: [:]) { variables, name in variables[name] = settings.plainOrSecret(name) }
            } ?? [:]
        timeout = context.timeout
        guard let program, let target else { return nil }
        (self.program, self.target) = (program, target)
    }

    package func run(against server: CheckSubjectServer, over network: Network) async -> CheckResult {
        guard !target.addresses.isEmpty else { return await run(nil, server) }
        return await target.check { await run($0, server) }
    }

    private func run(_ address: IPAddress?, _ server: CheckSubjectServer) async -> CheckResult {
        var macros = ["SERVER": server.id.name.text, "SCHEME": server.id.scheme?.text ?? ""]
        macros["ADDRESS"] = address?.description
        let arguments = program.arguments.map { Self.filled($0, macros) }
        var variables = environment.mapValues(\.revealed)
        for (name, value) in macros { variables["DNSCONVERGE_\(name)"] = value }
        do throws(CommandFailure) {
            let command = Command([program.path] + arguments, environment: variables, timeout: timeout)
            return judge(try await command.run())
        } catch {
            return CheckResult(.unknown, "\(error)")
        }
    }

    private func judge(_ result: CommandResult) -> CheckResult {
        var output = PluginOutput(result.outputText)
        if output.text.isEmpty { output.text = PluginOutput(result.errorText).text }
        let secrets = environment.values
        let text = secrets.reduce(output.text.isEmpty ? "no output" : output.text) { $1.removed(from: $0) }
        let health: Health
        let reason: String
        switch result.ending {
        case .exited(let code):
            health = [0: .ok, 1: .warn, 2: .fail][code] ?? .unknown
            reason = (0...3).contains(code) ? text : "exit status \(code), which no plugin has: \(text)"
        case .signaled(let number): (health, reason) = (.unknown, "ended by signal \(number): \(text)")
        case .timedOut: (health, reason) = (healthOnTimeout, "ended after \(timeout.settingText), its time was over")
        }
        return CheckResult(health, reason, latency: result.duration, performanceData: output.performanceData)
    }

    private static func filled(_ argument: String, _ macros: [String: String]) -> String {
        var parts = argument.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        // Every second part stands between two dollars.
        for index in stride(from: 1, to: parts.count - 1, by: 2) {
            parts[index] = macros[parts[index]] ?? "$\(parts[index])$"
        }
        return parts.enumerated().reduce("") { result, part in
            let isLonely = part.offset == parts.count - 1 && part.offset % 2 == 1
            return result + (isLonely ? "$" : "") + part.element
        }
    }
}

extension SettingReader {
    /// A text as it is, or what a reference stands for.
    mutating func plainOrSecret(_ key: String) -> Secret? {
        guard let text = text(key) else { return nil }
        return text.hasPrefix("env:") || text.hasPrefix("file:") ? secret(key) : Secret(text)
    }
}
