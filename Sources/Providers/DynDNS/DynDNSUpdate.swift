import DNSModel

/// One call of the dyndns2 protocol: a name and the addresses that it is to have.
struct DynDNSUpdate {
    let changes: [RRsetChange]
    let name: DomainName
    private let preset: DynDNSPreset

    /// Takes changes of one name.
    init(_ changes: [RRsetChange], for preset: DynDNSPreset) {
        self.changes = changes
        self.preset = preset
        name = changes.first?.name ?? .root
    }

    /// Places in `changes` of those that go into one call, where the service takes both families at once.
    static func grouped(_ changes: [RRsetChange], for preset: DynDNSPreset) -> [[Int]] {
        if case .apart = preset.families { return changes.indices.map { [$0] } }
        var groups: [[Int]] = []
        for (index, change) in changes.enumerated() {
            if let same = groups.firstIndex(where: { changes[$0[0]].name == change.name }) {
                groups[same].append(index)
            } else {
                groups.append([index])
            }
        }
        return groups
    }

    /// The path with its query. The addresses are never left out: our own would be set.
    var path: String {
        let parameters = [("hostname", name.description)] + addresses
        // Commas between addresses stay as they are: services look for them before they decode.
        let query = parameters.map { "\($0)=\($1.urlEscaped.replacing("%2C", with: ",").replacing("%3A", with: ":"))" }
        return preset.path + (preset.path.contains("?") ? "&" : "?") + query.joined(separator: "&")
    }

    private var addresses: [(String, String)] {
        switch preset.families {
        case .apart, .listed:
            let texts = changes.sorted { $0.type.rawValue < $1.type.rawValue }.flatMap(\.new.texts)
            return [("myip", texts.joined(separator: ","))]
        case .named(let ipv4, let ipv6, let kept):
            return [(ipv4, RecordType.a), (ipv6, .aaaa)].compactMap { parameter, type in
                let value = changes.first { $0.type == type }?.new.texts.first ?? kept
                return value.map { (parameter, $0) }
            }
        }
    }
}
