import ArgumentParser
import DNSModel
import Wire

/// Asks resolvers whether they do what the list says of them.
struct ResolversTest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Test whether each resolver does what its entry claims.",
        discussion: """
            Each address is asked over UDP and TCP, and over TLS and HTTPS where the entry has them, certificates checked; \
            for a name that cannot exist, which has to be NXDOMAIN; for its identity, where the operator documents one; \
            and for a name with a broken signature. Without ids and tiers the core tier is tested.
            """)

    @OptionGroup var choice: ResolverChoiceOptions

    @Option(
        help: ArgumentHelp("A name with an address everywhere (example.com).", valueName: "name"),
        transform: DomainName.init(argument:))
    var control: DomainName?

    @Option(
        help: ArgumentHelp("A name whose signature is broken (dnssec-failed.org).", valueName: "name"),
        transform: DomainName.init(argument:))
    var broken: DomainName?

    @Flag(name: .customShort("4"), help: "IPv4 only.")
    var ipv4Only = false

    @Flag(name: .customShort("6"), help: "IPv6 only.")
    var ipv6Only = false

    @Option(
        help: ArgumentHelp("How long one try may take (2s).", valueName: "time"),
        transform: Duration.init(positiveArgument:))
    var timeout: Duration = .seconds(2)

    @Option(help: ArgumentHelp("Root servers in place of the built-in ones.", valueName: "file"), completion: .file())
    var rootHints: String?

    @Option(help: ArgumentHelp("Certificates to trust besides the system's.", valueName: "file"), completion: .file())
    var caFile: String?

    @Flag(help: "As JSON.")
    var json = false

    @Flag(name: [.short, .long], help: "Also what could not be told.")
    var verbose: Int

    @Option(help: ArgumentHelp("Colour; auto is on a terminal without NO_COLOR.", valueName: "auto|always|never"))
    var color = ColorChoice.auto

    func validate() throws {
        if ipv4Only, ipv6Only {
            throw ValidationError("-4 and -6 exclude each other: leave both out for both families")
        }
    }

    func run() async throws {
        let resolvers = try choice.list(defaultTier: .core).resolvers
        let root = try RootHints.load(from: rootHints)
        let walk = DelegationWalk(
            engine: try QueryEngine.forCommand(trust: .forCommand(certificateFile: caFile)), root: root,
            families: families(root, resolvers), retry: RetryPolicy(tryTimeout: timeout, deadline: timeout * 3))
        let trials = try await ResolverTesting(
            walk: walk, retry: walk.retry, control: Question(control ?? DomainName("example.com"), .a),
            absent: Question(absentName(), .a), broken: Question(broken ?? DomainName("dnssec-failed.org"), .a)
        ).trials(resolvers)
        StandardStream.output.write(text(trials))
        throw ExitCode(ResolverTrial.status(of: trials).exitCode)
    }

    private func families(_ root: Delegation, _ resolvers: [Resolver]) -> Set<IPAddress.Family> {
        let addresses = resolvers.flatMap { $0.addresses + $0.bootstrap } + root.glue.values.flatMap(\.self)
        let reachable = LocalRoutes.families(towards: addresses)
        if ipv4Only { return reachable.intersection([.ipv4]) }
        return ipv6Only ? reachable.intersection([.ipv6]) : reachable
    }

    /// A name that nobody has registered, below a domain that advertisers would answer for.
    private func absentName() throws -> DomainName {
        let label = String((0..<24).map { _ in "abcdefghijklmnopqrstuvwxyz".randomElement() ?? "x" })
        return try DomainName("\(label).com")
    }

    private func text(_ trials: [ResolverTrial]) -> String {
        if json { return "[\n" + trials.map { "  " + $0.json.text }.joined(separator: ",\n") + "\n]\n" }
        let style = Terminal.current.style(color: color, verbosity: verbose)
        return ResolverTrialText(trials, style: style).lines.map { $0 + "\n" }.joined()
    }
}
