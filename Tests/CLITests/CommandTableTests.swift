import ArgumentParser
import CLI
import Testing

@testable import DaemonProgram

@Suite("Both programs have the same commands")
struct CommandTableTests {
    @Test("the daemon's program has every command that the other one lists, under the same words")
    func same() {
        let theirs = FullCommand.daemonCommands.map { $0.configuration }
        let names = DaemonCommand.allCases
        #expect(Set(theirs.map(\.commandName)) == Set(names.map(\.rawValue)))
        for configuration in theirs {
            let listed = names.first { $0.rawValue == configuration.commandName }
            #expect(configuration.abstract == listed?.abstract)
        }
    }
}
