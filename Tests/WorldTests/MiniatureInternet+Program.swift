import DNSModel
import FoundationEssentials
import TestSupport

extension MiniatureInternet {
    /// What one run of `dnsconverge check` gave.
    struct Checked: Sendable {
        let report: PropagationReport
        let exitCode: Int32
        let errors: String
    }

    /// The words that run the program on a node, from the world's own root servers.
    func words(
        _ subcommand: String, _ arguments: [String], on node: String = "client", program: String = Repository.program
    ) throws -> [String] {
        let root = arguments.contains("--system-resolver") ? [] : ["--root-hints", rootHints]
        return try self.node(node).exec + [program, subcommand] + arguments + root
    }

    /// Runs the program on a node to its end.
    func run(
        _ subcommand: String, _ arguments: [String], on node: String = "client", program: String = Repository.program
    ) async throws -> Command {
        try await Command.run(words(subcommand, arguments, on: node, program: program))
    }

    func check(_ arguments: String..., on node: String = "client") async throws -> Checked {
        try await check(arguments, on: node)
    }

    func check(_ arguments: [String], on node: String = "client") async throws -> Checked {
        let command = try await run("check", arguments + ["--format", "json"], on: node)
        do {
            let report = try PropagationReport.decoder().decode(PropagationReport.self, from: Data(command.output.utf8))
            return Checked(report: report, exitCode: command.exitCode, errors: command.errors)
        } catch {
            throw WorldFailure("no report: \(command.exitCode) \(command.errors) \(command.output)")
        }
    }
}

extension PropagationReport {
    var authoritative: [ObservedAnswer] { observations.filter { $0.side == .authoritative } }
    var resolvers: [ObservedAnswer] { observations.filter { $0.side == .resolver } }

    /// What a failed expectation shows of it.
    var brief: String {
        let rows = observations.map {
            "\($0.side) \($0.label) \($0.address) \($0.verdict) \($0.values) \($0.ttl.map { "ttl \($0)" } ?? "") "
                + ($0.notAsked ?? $0.error ?? "")
        }
        let findings = findings.map { "\($0.severity) \($0.code) \($0.subject): \($0.detail)" }
        return (["\(name) \(type) \(status) \(summary)"] + reasons.map { "\($0.status): \($0.text)" } + rows + findings)
            .joined(separator: "\n")
    }
}
