import DNSModel

/// The addresses that a check asks: the server's own, unless others were given.
struct CheckTarget: Hashable, Sendable {
    let addresses: [IPAddress]

    /// Reads `address` and `family`; nil when no address is left. With `isOptional` there need be none.
    init?(
        reading settings: inout SettingReader, in context: CheckContext, instead own: [IPAddress]? = nil,
        isOptional: Bool = false
    ) {
        let given = settings.addresses("address") ?? own
        let family: IPAddress.Family? = settings.word("family", ["ipv4": .ipv4, "ipv6": .ipv6])
        let all = given ?? context.server.addresses
        addresses = all.filter { family == nil || $0.family == family }
        guard addresses.isEmpty, !isOptional, !settings.keys.contains("address") else { return }
        if let family, !all.isEmpty {
            settings.note("family", "leaves nothing to check: there is no \(family.rawValue) address")
        } else {
            settings.note("has nothing to check: give address: 192.0.2.1, here or beside check")
        }
        return nil
    }

    /// Asks all addresses at once. The server is as its worst address is: whoever is led to that one is not served.
    /// Addresses of which nothing can be said count only when nothing can be said of any.
    func check(_ ask: @Sendable @escaping (IPAddress) async -> CheckResult) async -> CheckResult {
        if let address = addresses.first, addresses.count == 1 { return await ask(address) }
        let results = await withTaskGroup(of: (Int, CheckResult).self) { group in
            for (index, address) in addresses.enumerated() { group.addTask { (index, await ask(address)) } }
            return await group.reduce(into: [CheckResult?](repeating: nil, count: addresses.count)) {
                $0[$1.0] = $1.1
            }
        }
        return worst(zip(addresses, results.compactMap(\.self)).map { ($0, $1) })
    }

    private func worst(_ results: [(address: IPAddress, result: CheckResult)]) -> CheckResult {
        let judged = results.filter { $0.result.health != .unknown }
        guard let worst = (judged.isEmpty ? results : judged).max(by: { $0.result.rank < $1.result.rank }) else {
            return CheckResult(.unknown, "there is no address to ask")
        }
        var result = worst.result
        result.reason = "\(worst.address): \(result.reason)"
        return result
    }
}

extension CheckResult {
    fileprivate var rank: Int {
        switch health {
        case .ok: 0
        case .warn: 1
        case .unknown: 2
        case .fail: 3
        }
    }
}
