import ArgumentParser
import DNSModel
import Wire

extension IPAddress: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(argument)
    }
}

/// Which server is asked, and how.
struct ServerOption: ParsableArguments {
    @Option(help: "Address of the server.")
    var server: IPAddress

    @Option(help: "Port of the server.")
    var port: UInt16

    @Flag(help: "Send EDNS with NSID, as the program does; peers send plain queries.")
    var edns = false

    @Option(help: "Ask over HTTPS, and trust the certificates in this file.")
    var httpsTrust: String?

    var endpoint: Endpoint {
        Endpoint(server, port: port, transport: httpsTrust == nil ? .udp : .https)
    }

    var secureExchange: (any MessageExchange)? {
        get throws {
            try httpsTrust.map { SecureExchange(trust: try TLSTrust(additionalCAFile: $0)) }
        }
    }

    var queryOptions: QueryOptions { .benchmark(edns: edns) }
}

extension QueryOptions {
    static func benchmark(edns: Bool) -> QueryOptions {
        var options = QueryOptions()
        if !edns {
            options.ednsPayloadSize = nil
            options.requestNSID = false
        }
        return options
    }
}

extension RetryPolicy {
    /// A second for a server that answers within a millisecond: what is sent again had really been lost.
    static let benchmark = RetryPolicy(tryTimeout: .seconds(1), tries: 3, deadline: .seconds(5))
}
