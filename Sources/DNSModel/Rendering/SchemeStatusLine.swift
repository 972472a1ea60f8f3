/// Schemes' statuses for monitoring systems.
package struct SchemeStatusLine {
    private let schemes: [SchemeStatus]
    private let status: Status

    package init(_ schemes: [SchemeStatus], _ status: Status) {
        self.schemes = schemes
        self.status = status
    }

    /// A plugin's output: one line, then one for each scheme that is not well, and performance data.
    package var nagios: String {
        let worst = schemes.max { $0.status < $1.status }
        let text =
            schemes.count == 1
            ? worst.map { "\($0.name): \($0.summary)" } ?? ""
            : "\(schemes.count { $0.status == .ok })/\(schemes.count) schemes OK"
                + (worst.flatMap { $0.status == .ok ? nil : "; \($0.name): \($0.summary)" } ?? "")
        let details = schemes.filter { $0.status != .ok && schemes.count > 1 }.map {
            Self.plain("\($0.status.rawValue) \($0.name): \($0.summary)")
        }
        let healthy = schemes.flatMap(\.servers).count { $0.health == .ok && $0.maintenance == nil }
        let servers = schemes.reduce(0) { $0 + $1.servers.count }
        let data =
            "schemes_ok=\(schemes.count { $0.status == .ok });;;0;\(schemes.count) "
            + "servers_ok=\(healthy);;;0;\(servers)"
        return (["FAILOVER \(status.rawValue): \(Self.plain(text)) | \(data)"] + details).joined(separator: "\n")
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

    /// A bar would begin the performance data.
    private static func plain(_ text: String) -> String {
        PrintableText(text.split(separator: "|").joined(separator: "/"), asciiOnly: true).text
    }
}
