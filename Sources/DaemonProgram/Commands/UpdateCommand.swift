import ArgumentParser
import CLI
import DNSModel
import Failover
import FoundationEssentials
import Providers
import Wire

/// Changes one record at a provider, verifies it at the zone's own servers, and follows it when asked to.
struct UpdateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: DaemonCommand.update.rawValue, abstract: DaemonCommand.update.abstract,
        discussion: """
            The zone's servers are asked first: nothing is sent when all of them have the values already. The command ends \
            0 when every one of them has the new record, and with --wait when the resolvers have it too. Secrets are not \
            for command lines: --set key=env:HE_KEY or --set key=file:/etc/dnsconverge/he.key.
            """)

    @OptionGroup var record: UpdatedRecord
    @OptionGroup(title: "Provider") var service: ProviderOptions

    @Flag(help: "Say what would be sent, and send nothing.")
    var dryRun = false

    @Flag(help: "Follow the change until resolvers have it, too, as watch does.")
    var wait = false

    @Option(
        help: ArgumentHelp("How long to go on trying when the provider fails for the moment (60s).", valueName: "time"),
        transform: DaemonDuration.init)
    var patience: DaemonDuration?

    @OptionGroup(title: "Servers") var servers: ServerOptions
    @OptionGroup(title: "Limits") var judging: JudgingOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let provider = try service.provider()
        let question = Question(record.name, record.type)
        let watch = try RecordWatch([CheckSubject(question)], servers, judging, output)
        let change = try await change(for: question, watch)
        let update = RecordUpdate(change, at: provider, patience: .seconds(patience?.seconds ?? 60))
        if let objection = update.objection { throw CommandFailure(objection.summary) }

        var session = UpdateSession(UpdateReport(update), output)
        session.say(session.report.headline)
        if change.old == change.new, change.ttl == nil {
            session.report.end(.unchanged, .ok, reply: "every server of the zone has it already; nothing was sent")
            session.sayReply()
        } else if dryRun {
            session.say("dry run: nothing was sent")
            throw try session.end()
        } else {
            session.report.take(
                await update.perform(over: try watch.network()) { session.warn("\($0.summary); trying again in \($1)") }
            )
            session.sayReply()
        }
        guard session.report.mayHaveChanged, !dryRun else { throw try session.end() }
        let followed = watch.following(
            [CheckSubject(question, expectation: Self.expectation(change.new), previous: Self.previous(change))],
            withResolvers: wait)
        try await session.follow(followed, showing: wait)
        throw try session.end()
    }

    /// What has to change, by what the zone's servers have now.
    private func change(for question: Question, _ watch: RecordWatch) async throws -> RRsetChange {
        guard let evidence = try await watch.authority().first else { throw CommandFailure("nothing was asked") }
        if let alias = evidence.alias {
            throw CommandFailure("\(question.name) is an alias of \(alias): update that name instead")
        }
        let old: Set<RecordData>? = if case .agreed(let values) = evidence.served { values } else { nil }
        return RRsetChange(
            name: question.name, type: question.type, ttl: record.ttl, old: old, new: Set(try record.values()))
    }

    private static func expectation(_ values: Set<RecordData>) -> Expectation {
        Expectation(source: .flag, values: values.sorted().map(ExpectedValue.data))
    }

    private static func previous(_ change: RRsetChange) -> [PreviousRRset] {
        change.old.flatMap { $0 == change.new ? nil : [PreviousRRset($0)] } ?? []
    }
}

/// The record and what it is to say.
struct UpdatedRecord: ParsableArguments {
    @Argument(help: "The record's own name, not an alias of it.", completion: .none, transform: Self.name)
    var name: DomainName

    @Argument(help: "Its type, such as A.", transform: Self.type)
    var type: RecordType

    @Argument(help: "Its values in the format of zone files; they replace what is there.")
    var value: [String] = []

    @Flag(help: "Take the record away; without values.")
    var delete = false

    @Option(
        name: .customLong("ttl"),
        help: ArgumentHelp("Its TTL; as the service has it, when left out.", valueName: "seconds"))
    var seconds: UInt32?

    var ttl: TTL? { seconds.map { TTL($0) } }

    func validate() throws {
        guard value.isEmpty == delete else {
            throw ValidationError("give the record's values, or --delete to take it away")
        }
        _ = try values()
    }

    func values() throws -> [RecordData] {
        try value.map { text throws in
            do throws(RecordTextError) {
                return try RecordData(parsing: text, type: type)
            } catch {
                throw ValidationError("\(error)")
            }
        }
    }

    private static func name(_ text: String) throws -> DomainName {
        do throws(DomainNameError) {
            return try DomainName(text)
        } catch {
            throw ValidationError("the name \(error)")
        }
    }

    private static func type(_ text: String) throws -> RecordType {
        guard let type = RecordType(text), type.isData else {
            throw ValidationError("“\(text)” is no type of record that can be published")
        }
        return type
    }
}

/// Which service publishes the record, and its settings.
struct ProviderOptions: ParsableArguments {
    @Option(
        name: .customLong("provider"),
        help: ArgumentHelp(
            "The service: \(Providers.kinds.map { $0.kind }.joined(separator: ", ")).", valueName: "kind"))
    var kind: String

    @Option(
        help: ArgumentHelp(
            "A setting of the provider, as in a configuration; secrets as env:NAME or file:PATH. Repeatable.",
            valueName: "name=value"))
    var set: [String] = []

    /// Tells everything that is wrong with the settings.
    func provider() throws -> any Provider {
        let settings = try set.map { text in
            guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
                throw ValidationError("--set \(text.prefix { $0 != "=" }): give NAME=VALUE")
            }
            return (name: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
        }
        let members = ([("kind", kind)] + settings.map { ($0.name, $0.value) }).map { name, value in
            SettingNode.Member(
                key: name, place: nil, node: SettingNode(.scalar(value, isQuoted: false)))
        }
        let references = SecretReferences(directory: FileManager.default.currentDirectoryPath)
        var reader = SettingReader(SettingNode(.mapping(members)), path: "provider", secrets: references.secret)
        let found = Providers.provider(reading: &reader)
        reader.finish()
        guard let found, reader.problems.isEmpty else {
            throw CommandFailure(reader.problems.map(\.description).joined(separator: "; "))
        }
        return found
    }
}
