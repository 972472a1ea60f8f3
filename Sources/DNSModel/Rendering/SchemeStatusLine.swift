/// Schemes' statuses for monitoring systems.
package struct SchemeStatusLine {
    private let schemes: [SchemeStatus]
    private let status: Status

    package init(_ schemes: [SchemeStatus], _ status: Status) {
        self.schemes = schemes
        self.status = status
    }

    /// A plugin's output: a line of less than 80 characters and performance data, then what each scheme that is not well
    /// has to say, as far as the oldest readers take it.
    package var nagios: String {
        let line = NagiosOutput.clipped(
            "FAILOVER \(status.rawValue): \(NagiosOutput.plain(headline))", to: NagiosOutput.headlineLimit)
        let details = schemes.filter { $0.status != .ok }.sorted { $0.status > $1.status }.map {
            NagiosOutput.plain("\($0.status.rawValue) \($0.name): \($0.summary)")
        }
        return NagiosOutput.joined(["\(line) | \(performanceData)"] + details)
    }

    private var headline: String {
        guard let worst = schemes.max(by: { $0.status < $1.status }) else { return "there are no schemes" }
        guard schemes.count > 1 else { return "\(worst.name): \(worst.summary)" }
        let count = "\(schemes.count { $0.status == .ok })/\(schemes.count) schemes OK"
        return worst.status == .ok ? count : "\(count); \(worst.name): \(worst.summary)"
    }

    private var performanceData: String {
        let healthy = schemes.flatMap(\.servers).count { $0.health == .ok && $0.maintenance == nil }
        let servers = schemes.reduce(0) { $0 + $1.servers.count }
        return "schemes_ok=\(schemes.count { $0.status == .ok });;;0;\(schemes.count) "
            + "servers_ok=\(healthy);;;0;\(servers)"
    }

    /// Okerr's document: an indicator for each scheme whose state is known.
    package var okerr: String {
        let indicators = schemes.filter { $0.status != .unknown }.map { scheme in
            OkerrIndicator(
                name: "failover:\(scheme.name)", isOK: scheme.status < .unknown,
                details: "\(scheme.status.rawValue): \(scheme.summary)", description: "Failover of \(scheme.record)")
        }
        let isOK = !schemes.isEmpty && schemes.allSatisfy { $0.status < .unknown }
        return JSONText.object([
            ("status", .string(isOK ? "OK" : "ERR")),
            ("indicators", .list(indicators.map { .object($0.parameters.map { ($0.key, .string($0.value)) }) })),
        ]).text
    }
}
