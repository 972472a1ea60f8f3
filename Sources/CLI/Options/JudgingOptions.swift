import ArgumentParser
import DNSModel

/// By what limits the answers are judged, and how long they may take.
package struct JudgingOptions: ParsableArguments {
    @Flag(help: "Ask resolvers although authoritative servers still disagree with what is expected.")
    var askAnyway = false

    @Option(
        help: ArgumentHelp(
            "How long a server of the zone may lag before that is CRITICAL in watch (120s).", valueName: "time"),
        transform: Duration.init(argument:))
    var lagLimit: Duration = .seconds(120)

    @Option(
        help: ArgumentHelp("How long one try may take (2s).", valueName: "time"),
        transform: Duration.init(positiveArgument:))
    var timeout: Duration = .seconds(2)

    @Option(
        help: ArgumentHelp("How long everything may take, such as 5s or 10m.", valueName: "time"),
        transform: Duration.init(positiveArgument:))
    var deadline: Duration?

    @Option(
        name: [.short, .long], parsing: .unconditional,
        help: ArgumentHelp(
            "Nagios range of the percentage of operators converged; outside it is WARNING.", valueName: "range"),
        transform: NagiosRange.init(argument:))
    var warning: NagiosRange?

    @Option(
        name: [.short, .long], parsing: .unconditional,
        help: ArgumentHelp(
            "The same for CRITICAL.", valueName: "range"), transform: NagiosRange.init(argument:))
    var critical: NagiosRange?

    @Option(
        help: ArgumentHelp(
            "Fewer operators that can be judged than this are UNKNOWN (5, or all when fewer are asked).", valueName: "n"
        ),
        transform: BoundedNumber.minOperators)
    var minOperators: Int?

    package init() {}
}
