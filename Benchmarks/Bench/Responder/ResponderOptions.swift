import ArgumentParser
import DNSModel

/// The responders' addresses, and how long each waits before it answers.
struct ResponderOptions: ParsableArguments {
    @Option(help: "How many addresses, from 127.0.1.1 on: at most 254.")
    var addresses: Int

    @Option(help: "Port of all of them.")
    var port: UInt16

    @Option(help: "Delay at the first address, in milliseconds.")
    var fastest: Int

    @Option(help: "Delay at the last address, in milliseconds; those between rise evenly.")
    var slowest: Int

    func validate() throws {
        guard (1...254).contains(addresses) else { throw ValidationError("--addresses takes 1 to 254") }
        guard fastest >= 0, fastest <= slowest else { throw ValidationError("--fastest is above --slowest") }
    }

    var longestDelay: Duration { .milliseconds(slowest) }

    func delay(of place: Int) -> Duration {
        addresses == 1
            ? longestDelay : .microseconds(fastest * 1000 + (slowest - fastest) * 1000 * place / (addresses - 1))
    }

    var endpoints: [Endpoint] {
        (1...addresses).compactMap { IPAddress(octets: [127, 0, 1, UInt8($0)]) }.map { Endpoint($0, port: port) }
    }
}
