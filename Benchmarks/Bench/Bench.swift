import ArgumentParser

/// What `Benchmarks/run` measures with; each command asks a server on loopback and prints one line of figures.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dnsconverge-bench",
        abstract: "Measures the query engine against a server on loopback.",
        subcommands: [
            Throughput.self, ManyServersCheck.self, Sweep.self, LDNSResolver.self, Respond.self,
        ])
}
