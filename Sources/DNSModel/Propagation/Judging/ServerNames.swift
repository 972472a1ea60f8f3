/// Short names for authoritative servers that are still told apart: `ns2`, `ns2.example.net`, `ns2 (192.0.2.53)`; for one
/// that the user named, where it was named: `192.0.2.53:5300`.
package struct ServerNames: Sendable {
    private let addresses: [String: Set<Endpoint>]
    private let labels: [String: Set<String>]
    private let givenLabels: Set<String>

    package init(_ servers: [ObservedServer]) {
        addresses = Dictionary(grouping: servers, by: \.label).mapValues { Set($0.map(\.endpoint)) }
        let named = servers.filter { !$0.isGiven }
        labels = Dictionary(grouping: Set(named.map(\.label)), by: Self.firstLabel).mapValues(Set.init)
        givenLabels = Set(servers.filter(\.isGiven).map(\.label))
    }

    /// Names the servers; with an address where a server's other addresses are not meant.
    package func list(_ servers: [ObservedServer]) -> (text: String, isPlural: Bool) {
        var seen: Set<String> = []
        let order = servers.map(\.label).filter { seen.insert($0).inserted }
        let names = order.map { label in
            name(label, meaning: servers.filter { $0.label == label }.map(\.endpoint))
        }
        guard names.count <= 3 else { return ("\(servers.count) authoritative addresses", true) }
        let last = names.suffix(1).joined()
        let text = names.count > 1 ? names.dropLast().joined(separator: ", ") + " and " + last : last
        return (text, names.count > 1)
    }

    package func name(_ server: ObservedServer) -> String { list([server]).text }

    private func name(_ label: String, meaning endpoints: [Endpoint]) -> String {
        guard !givenLabels.contains(label) else { return label }
        let first = Self.firstLabel(label)
        let short = labels[first, default: []].count > 1 ? label : first
        if Set(endpoints) == addresses[label] { return short }
        return "\(short) (\(endpoints.map(\.description).joined(separator: ", ")))"
    }

    private static func firstLabel(_ label: String) -> String {
        guard IPAddress(label) == nil else { return label }
        return label.split(separator: ".").first.map(String.init) ?? label
    }
}
