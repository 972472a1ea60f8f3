import ArgumentParser
import DNSModel

/// Who is asked, and how.
package struct ServerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A server asked as authoritative besides those of the delegation, such as a hidden primary. Repeatable.",
            valueName: "addr[:port]"), transform: NameserverArgument.endpoint)
    var nameserver: [Endpoint] = []

    @Flag(help: "Do not ask the zone's servers; nothing then holds resolvers back.")
    var noAuthoritative = false

    @Option(
        help: ArgumentHelp(
            "Which resolvers of the list are asked: core, extended, encrypted, china, region-only, optional, all; "
                + "several with commas. Core unless --resolver is given.", valueName: "tier"),
        transform: TierList.init(argument:))
    var tier: TierList?

    @Option(
        help: ArgumentHelp("A list of resolvers in place of the built-in one.", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var resolvers: String?

    @Option(
        help: ArgumentHelp(
            "A resolver to ask: 9.9.9.9, 192.0.2.1:5300, tcp://…, tls://dns.quad9.net, https://dns.google/dns-query, an "
                + "id of the list, or \"system\" for the machine's own. Repeatable.", valueName: "resolver"),
        transform: ResolverArgument.init(argument:))
    var resolver: [ResolverArgument] = []

    @Flag(help: "Do not ask resolvers.")
    var noResolvers = false

    @Flag(name: .customShort("4"), help: "IPv4 only.")
    var ipv4Only = false

    @Flag(name: .customShort("6"), help: "IPv6 only.")
    var ipv6Only = false

    @Option(
        help: ArgumentHelp(
            "Over what resolvers are asked; tcp goes for authoritative servers too.", valueName: "udp|tcp|tls|https"))
    var transport: Endpoint.Transport?

    @Option(
        help: ArgumentHelp("Ask each resolver address so often, from fresh ports.", valueName: "k"),
        transform: BoundedNumber.samples)
    var samples = 1

    @Flag(help: "Ask every address of each resolver, not only the first of IPv4 and of IPv6.")
    var allAddresses = false

    @Option(
        help: ArgumentHelp("Root servers in place of the built-in ones, as in named.root.", valueName: "file"),
        completion: .file())
    var rootHints: String?

    @Flag(help: "Find the zone's servers through the machine's resolver instead of walking from the root.")
    var systemResolver = false

    @Option(
        help: ArgumentHelp(
            "Certificates to trust besides the system's, for tls and https.", valueName: "file"), completion: .file())
    var caFile: String?

    package init() {}

    package func validate() throws {
        if ipv4Only, ipv6Only {
            throw ValidationError("-4 and -6 exclude each other: leave both out for both families")
        }
        if noResolvers, noAuthoritative {
            throw ValidationError("--no-resolvers and --no-authoritative leave nobody to ask")
        }
        if noResolvers, !resolver.isEmpty || tier != nil || resolvers != nil {
            throw ValidationError("--no-resolvers excludes --resolver, --resolvers and --tier")
        }
        if rootHints != nil, systemResolver {
            throw ValidationError("--system-resolver does not walk from the root: leave --root-hints out")
        }
    }

    var families: Set<IPAddress.Family> {
        if ipv4Only { return [.ipv4] }
        return ipv6Only ? [.ipv6] : [.ipv4, .ipv6]
    }
}

extension Endpoint.Transport: ExpressibleByArgument {}
