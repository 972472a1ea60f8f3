import ArgumentParser
import DNSModel

/// The program as a monitoring plugin, under the options that plugins share. Called by this name it prints what
/// `check --format nagios` does.
struct PluginCheck: AsyncParsableCommand {
    static let programName = "check_dns_propagation"

    static let configuration = CommandConfiguration(
        commandName: programName,
        abstract: "Check that a DNS record is the same, right one on every server that holds it.",
        version: "\(programName) (dnsconverge \(Dnsconverge.version))")

    @Option(
        name: [.customShort("H"), .customLong("hostname")],
        help: ArgumentHelp(
            "The name to check (not a server: that is -s).", valueName: "name"),
        transform: DomainName.init(argument:))
    var name: DomainName?

    @Option(
        name: [.customShort("T"), .customLong("type")], help: "Its type, or several: A,AAAA (A).",
        transform: TypeList.init(argument:))
    var type = TypeList(.a)

    @Option(
        name: [.customShort("a"), .customLong("expected-address")],
        help: ArgumentHelp(
            "An expected value. Repeatable; one is enough unless -L.", valueName: "value"))
    var expected: [String] = []

    @Flag(name: [.customShort("L"), .customLong("all")], help: "The answer is exactly the set of -a.")
    var isExact = false

    @Flag(name: [.customShort("n"), .customLong("expect-nxdomain")], help: "The name or type must not exist.")
    var expectNone = false

    @Option(
        name: [.customShort("s"), .customLong("server")],
        help: ArgumentHelp(
            "A server asked besides those of the delegation. Repeatable.", valueName: "addr[:port]"),
        transform: NameserverArgument.endpoint)
    var server: [Endpoint] = []

    @Flag(name: [.customShort("A"), .customLong("authoritative-only")], help: "Do not ask resolvers.")
    var authoritativeOnly = false

    @Option(
        name: [.customShort("w"), .customLong("warning")], parsing: .unconditional,
        help: ArgumentHelp(
            "Range of the percentage of operators converged.", valueName: "range"),
        transform: NagiosRange.init(argument:))
    var warning: NagiosRange?

    @Option(
        name: [.customShort("c"), .customLong("critical")], parsing: .unconditional,
        help: ArgumentHelp(
            "The same for CRITICAL.", valueName: "range"), transform: NagiosRange.init(argument:))
    var critical: NagiosRange?

    @Option(
        name: [.customShort("t"), .customLong("timeout")],
        help: ArgumentHelp(
            "Seconds until the plugin ends in any case (10).", valueName: "time"),
        transform: Duration.init(pluginTimeout:))
    var timeout: Duration = .seconds(10)

    @Option(
        help: ArgumentHelp("What it ends with then (critical).", valueName: "critical|unknown|warning"),
        transform: Status.init(timeoutArgument:))
    var timeoutState = Status.critical

    @Option(help: ArgumentHelp("A list of resolvers in place of the built-in one.", valueName: "file"))
    var resolvers: String?

    @Option(help: ArgumentHelp("Root servers in place of the built-in ones.", valueName: "file"))
    var rootHints: String?

    @Flag(name: [.short, .long], help: "More details, up to -vvv.")
    var verbose: Int

    @Flag(name: .customShort("V"), help: "Show the version.")
    var showVersion = false

    @Flag(name: .customShort("4"), help: "IPv4 only.")
    var ipv4Only = false

    @Flag(name: .customShort("6"), help: "IPv6 only.")
    var ipv6Only = false

    func validate() throws {
        if showVersion { throw CleanExit.message(Self.configuration.version) }
        if expectNone, !expected.isEmpty || isExact {
            throw ValidationError("-n says that there is no record, and -a and -L what it says: give one")
        }
        if isExact, expected.isEmpty { throw ValidationError("-L says that -a is the whole set: give that too") }
        if ipv4Only, ipv6Only {
            throw ValidationError("-4 and -6 exclude each other: leave both out for both families")
        }
        _ = try request().subjects()
    }

    func request() throws -> SubjectRequest {
        guard let name else { throw ValidationError("Missing option '-H <name>': the name to check") }
        return SubjectRequest(
            name: name, types: type.types, expected: expected, isAbsenceExpected: expectNone,
            match: isExact ? .exact : .any, expectOption: "-a")
    }

    func run() async throws {
        PluginMode.armWatchdog(after: timeout, status: timeoutState)
        let order = try CheckOrder(self)
        let reports = try await order.check()
        PluginMode.claimOutput()
        let text = NagiosOutput(
            reports, options: order.settings.judging, deadline: order.settings.deadline, verbosity: verbose
        ).text
        StandardStream.output.write(text + "\n")
        throw ExitCode((reports.map(\.status).max() ?? .unknown).exitCode)
    }
}

extension CheckSettings {
    /// What the plugin's options ask for. The check ends a second before the plugin has to.
    init(_ plugin: PluginCheck, list: ResolverList) throws {
        self.init(try plugin.request().subjects())
        judging.warning = plugin.warning
        judging.critical = plugin.critical
        nameservers = plugin.server
        deadline = plugin.timeout - .seconds(1)
        if plugin.ipv4Only { families = [.ipv4] }
        if plugin.ipv6Only { families = [.ipv6] }
        if !plugin.authoritativeOnly {
            let selection = ResolverSelection(
                list: list, systemResolvers: SystemResolvers.read, families: families, transport: nil,
                allAddresses: false)
            resolvers = try selection.targets(tier: nil, named: [])
        }
    }
}

extension Duration {
    fileprivate init(pluginTimeout text: String) throws {
        try self.init(argument: text)
        if self <= .seconds(1) { throw ArgumentProblem("it has to be longer than 1 s: the check ends so much earlier") }
    }
}

extension Status {
    fileprivate init(timeoutArgument text: String) throws {
        switch text.lowercased() {
        case "critical", "2": self = .critical
        case "unknown", "3": self = .unknown
        case "warning", "1": self = .warning
        default: throw ArgumentProblem("it is none of critical, unknown and warning")
        }
    }
}
