import ArgumentParser
import Glibc

/// Answers for the benchmark's zone, on many addresses with a delay each, until its standard input ends.
struct Respond: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Answers for the benchmark's zone at 127.0.1.1, 127.0.1.2, …, each with a delay of its own.")

    @OptionGroup var options: ResponderOptions

    func run() throws {
        let responder = try Responder(options)
        print("ready")
        fflush(nil)
        responder.run()
    }
}
