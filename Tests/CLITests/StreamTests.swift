import FoundationEssentials
import TestSupport
import Testing

@Suite("Results go to standard output, everything else to standard error")
struct StreamTests {
    @Test("Help and version end with 0", arguments: [["--help"], ["help"], ["check", "--help"], ["--version"]])
    func help(arguments: [String]) async throws {
        let run = try await ProgramRun.program(arguments)
        #expect(run.exitCode == 0)
        #expect(run.error == "")
        #expect(run.output.contains("dnsconverge"))
    }

    @Test("Every option of check has a line of help")
    func helpIsComplete() async throws {
        let help = try await ProgramRun.program(["check", "--help"]).output
        let options = [
            "--expect", "--was", "--match", "--expect-none", "--scheme", "--nameserver", "--tier", "--resolvers",
            "--resolver", "--no-resolvers", "--no-authoritative", "-4", "-6", "--transport", "--samples",
            "--all-addresses", "--ask-anyway", "--lag-limit", "--timeout", "--deadline", "-w", "-c", "--min-operators",
            "--format", "--json", "-v", "--color", "--root-hints", "--system-resolver", "--ca-file", "--push-okerr",
            "--okerr-exit",
        ]
        for option in options {
            #expect(help.split(separator: "\n").contains { $0.hasPrefix("  \(option)") || $0.contains(", \(option)") })
        }
    }

    @Test("The nagios format has mistakes too on standard output")
    func nagios() async throws {
        let run = try await ProgramRun.program(["check", "a..b", "--format", "nagios"])
        #expect(run.exitCode == 3)
        #expect(run.error == "")
        #expect(run.output.hasPrefix("PROPAGATION UNKNOWN: the value 'a..b' is invalid"))
    }

    @Test("The okerr format has mistakes too as its document, which no search takes for OK")
    func okerr() async throws {
        let run = try await ProgramRun.program(["watch", "--format=okerr", "a..b"])
        struct Document: Decodable {
            let status: String
            let error: String
            let indicators: [String]
        }
        let document = try JSONDecoder().decode(Document.self, from: Data(run.output.utf8))
        #expect(run.exitCode == 3)
        #expect(run.error == "")
        #expect(document.status == "ERR")
        #expect(document.indicators.isEmpty)
        #expect(document.error.contains("empty label"))
        #expect(!run.output.contains("{\"status\": \"OK\""))
    }

    @Test("Completions are generated for every shell", arguments: ["bash", "zsh", "fish"])
    func completions(shell: String) async throws {
        let run = try await ProgramRun.program(["--generate-completion-script", shell])
        #expect(run.exitCode == 0)
        #expect(run.output.contains("resolvers"))
        #expect(run.error == "")
    }

    @Test("The list can be printed as it is read")
    func listIsReadable() async throws {
        let directory = try TemporaryDirectory()
        let first = try await ProgramRun.program(["resolvers", "list", "--json"])
        let path = try directory.write(first.output, to: "list.json")
        let second = try await ProgramRun.program(["resolvers", "list", "--json", "--resolvers", path])
        #expect(first.exitCode == 0)
        #expect(second.output == first.output)
    }

    @Test("The list's table fits its width", arguments: [80, 200])
    func listFits(columns: Int) async throws {
        let run = try await ProgramRun.program(
            ["resolvers", "list", "--tier", "core"], environment: ["COLUMNS": "\(columns)"])
        #expect(run.exitCode == 0)
        #expect(run.outputLines.allSatisfy { $0.count <= columns })
        #expect(run.output.contains("quad9-unfiltered"))
    }
}

@Suite("The manual knows the program")
struct ManualTests {
    @Test("Every option that help lists is in the manual", arguments: [["check"], ["resolvers", "test"]])
    func options(command: [String]) async throws {
        let help = try await ProgramRun.program(command + ["--help"]).output
        let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let manual = String(
            decoding: try Data(contentsOf: URL(filePath: "/\(package)/packaging/dnsconverge.1")), as: UTF8.self)
        let options = help.split(whereSeparator: { !$0.isLetter && $0 != "-" }).filter { $0.hasPrefix("--") }
        #expect(!options.isEmpty)
        for option in Set(options).subtracting(["--help", "--version", "--verbose", "--warning", "--critical"]) {
            #expect(manual.contains("Fl \(option.dropFirst())"), "\(option)")
        }
    }
}
