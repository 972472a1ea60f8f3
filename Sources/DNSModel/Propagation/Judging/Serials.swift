/// The serials of one zone, by server address.
package struct Serials: Sendable {
    package let byAddress: [(server: ObservedServer, serial: SOASerial)]

    package init(_ judgement: Judgement, of zone: Zone) {
        let addresses = Set(zone.nameservers.flatMap(\.addresses))
        var seen: Set<IPAddress> = []
        byAddress = judgement.authoritative.compactMap { judged in
            let address = judged.server.endpoint.address
            guard addresses.contains(address), judgement.evidence.apex(for: judged.observation) == zone.apex,
                let sample = judged.samples.last,
                let serial = AuthoritativeAnswer(sample.sample, of: judged.observation).serial,
                seen.insert(address).inserted
            else { return nil }
            return (judged.server, serial)
        }
    }

    /// The oldest and the newest in sequence space (RFC 1982); nil without any.
    package var range: (oldest: SOASerial, newest: SOASerial)? {
        guard var (oldest, newest) = byAddress.first.map({ ($0.serial, $0.serial) }) else { return nil }
        for (_, serial) in byAddress {
            if oldest.isNewer(than: serial) { oldest = serial }
            if serial.isNewer(than: newest) { newest = serial }
        }
        return (oldest, newest)
    }

    /// How far apart the oldest and the newest are; nil with fewer than two.
    package var skew: UInt32? {
        guard byAddress.count > 1, let range else { return nil }
        return range.newest.rawValue &- range.oldest.rawValue
    }

    /// The labels of the servers with this serial.
    package func servers(at serial: SOASerial) -> [String] {
        var seen: Set<String> = []
        return byAddress.filter { $0.serial == serial }.map(\.server.label).filter { seen.insert($0).inserted }
    }
}
