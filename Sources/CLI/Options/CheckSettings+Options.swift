import ArgumentParser
import DNSModel

extension CheckSettings {
    /// Checks what the options say together, and reads what they name. Resolvers are taken from `list`.
    init(
        _ subjects: [CheckSubject], _ servers: ServerOptions, _ judging: JudgingOptions, list: ResolverList
    ) throws {
        self.init(subjects)
        self.judging.asksAuthoritative = !servers.noAuthoritative
        self.judging.asksAnyway = judging.askAnyway
        self.judging.minOperators = judging.minOperators
        self.judging.lagLimit = judging.lagLimit
        self.judging.warning = judging.warning
        self.judging.critical = judging.critical
        timeout = judging.timeout
        deadline = judging.deadline
        nameservers = servers.nameserver
        authoritativeTransport = servers.transport == .tcp ? .tcp : .udp
        samples = servers.samples
        families = servers.families
        certificateFile = try servers.caFile.map(InputFile.readable)
        if servers.systemResolver { systemResolvers = try SystemResolvers.read() }
        if !servers.noResolvers {
            let selection = ResolverSelection(
                list: list, systemResolvers: SystemResolvers.read, families: families, transport: servers.transport,
                allAddresses: servers.allAddresses)
            resolvers = try selection.targets(tier: servers.tier, named: servers.resolver)
        }
    }
}
