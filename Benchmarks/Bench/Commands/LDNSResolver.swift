import ArgumentParser
import CLDNS
import DNSModel

/// Asks one server for the names of a list with libldns's own resolver, which sends one query and waits for its answer.
struct LDNSResolver: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ldns", abstract: "Asks one server with libldns's own blocking resolver, for comparison.")

    @OptionGroup var server: ServerOption

    @Option(help: "File with a name on each line.")
    var names: String

    func run() throws {
        guard let resolver = ldns_resolver_new() else { throw ExitCode.failure }
        defer { ldns_resolver_deep_free(resolver) }
        // The resolver clones the address.
        guard let address = ldns_rdf_new_frm_str(LDNS_RDF_TYPE_A, "\(server.server)") else { throw ExitCode.failure }
        defer { ldns_rdf_deep_free(address) }
        guard ldns_resolver_push_nameserver(resolver, address) == LDNS_STATUS_OK else { throw ExitCode.failure }
        ldns_resolver_set_port(resolver, server.port)
        ldns_resolver_set_recursive(resolver, false)
        var list = try NameList(path: names)
        var (queries, lost, wrong) = (0, 0, 0)
        let clock = ContinuousClock()
        let (startTime, startUse) = (clock.now, ProcessUsage.processorTime)
        while let name = try list.next(1).first {
            queries += 1
            switch Self.ask(resolver, name) {
            case .some(true): break
            case .some(false): wrong += 1
            case .none: lost += 1
            }
        }
        let (elapsed, used) = ((clock.now - startTime).inSeconds, ProcessUsage.processorTime - startUse)
        Figure.print([
            Figure("queries", queries), Figure("wrong", wrong), Figure("lost", lost), Figure("seconds", elapsed),
            Figure("qps", Double(queries) / elapsed), Figure("cpu_us", used * 1e6 / Double(max(1, queries))),
        ])
        guard wrong == 0, lost < queries else { throw ExitCode.failure }
    }

    /// Whether the answer is the zone's one record; nil when there is no answer.
    private static func ask(_ resolver: UnsafeMutablePointer<ldns_resolver>, _ name: BenchName) -> Bool? {
        guard let owner = ldns_dname_new_frm_str("\(name.domainName)") else { return nil }
        defer { ldns_rdf_deep_free(owner) }
        guard let packet = ldns_resolver_query(resolver, owner, LDNS_RR_TYPE_A, LDNS_RR_CLASS_IN, 0) else { return nil }
        defer { ldns_pkt_free(packet) }
        // Borrowed from the packet, as all that is in them.
        guard let answer = ldns_pkt_answer(packet), ldns_rr_list_rr_count(answer) == 1,
            let record = ldns_rr_list_rr(answer, 0), let data = ldns_rr_rdf(record, 0), let octets = ldns_rdf_data(data)
        else { return false }
        return UnsafeRawBufferPointer(start: octets, count: ldns_rdf_size(data))
            .elementsEqual(BenchName.address(of: name.number))
    }
}
