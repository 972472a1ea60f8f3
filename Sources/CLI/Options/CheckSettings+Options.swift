import ArgumentParser
import DNSModel

extension CheckSettings {
    /// Checks what the options say together and reads the files that they name.
    init(_ subject: SubjectOptions, _ servers: ServerOptions, _ judging: JudgingOptions) throws {
        self.init(try subject.subjects())
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
            resolvers = try servers.selection.targets(tier: servers.tier, named: servers.resolver)
        }
    }
}

extension ServerOptions {
    fileprivate var selection: ResolverSelection {
        ResolverSelection(
            list: { try ResolverList.load(from: resolvers) }, systemResolvers: SystemResolvers.read,
            families: families, transport: transport, allAddresses: allAddresses)
    }
}
