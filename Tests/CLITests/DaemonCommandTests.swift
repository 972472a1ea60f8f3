import ArgumentParser
import TestSupport
import Testing

@testable import CLI

@Suite("The program that starts fast knows what is not its own")
struct DaemonCommandTests {
    @Test("every command of the daemon's program is listed, under its name")
    func standIns() {
        let names = StandIns.all.map { $0.configuration.commandName }
        #expect(names == DaemonCommand.allCases.map(\.rawValue))
        #expect(Dnsconverge.configuration.subcommands.count == 3 + names.count)
    }

    static let rows: [Case<[String], Bool>] = [
        Case("a command of the daemon's", ["status", "cat"], true),
        Case("the help of one", ["help", "run"], true),
        Case("completions of all commands", ["--generate-completion-script", "bash"], true),
        Case("a check", ["check", "example.org"], false),
        Case("a check of a scheme", ["check", "--scheme", "cat"], true),
        Case("the same in one word", ["watch", "--scheme=cat"], true),
        Case("a name that looks like the option", ["check", "--", "--scheme"], false),
        Case("a check of a name that is a command", ["check", "run"], false),
        Case("no command", [], false),
        Case("the whole help", ["--help"], false),
        Case("a command that is none", ["stat"], false),
    ]

    @Test(arguments: rows)
    func whose(_ row: Case<[String], Bool>) {
        #expect(DaemonCommand.isMeant(by: row.input) == row.output)
    }

    @Test("without the daemon's program, it says where it looked")
    func missing() {
        let candidates = DaemonExecutable.candidates(from: "/usr/local/bin")
        #expect(
            candidates == [
                "/usr/local/bin/dnsconverge-daemon", "/usr/local/bin/../libexec/dnsconverge/dnsconverge-daemon",
            ])
    }
}
