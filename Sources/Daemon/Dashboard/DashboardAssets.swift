import DNSModel

/// The files that pages need. The path of each has a digest of what is in it, so that it may be kept for ever.
struct DashboardAsset: Sendable {
    let name: String
    let type: String
    let octets: [UInt8]
    let digest: String

    init(_ name: String, type: String, _ octets: [UInt8]) {
        self.name = name
        self.type = type
        self.octets = octets
        digest = Self.digest(octets)
    }

    var path: String { "/assets/\(digest)/\(name)" }

    /// FNV-1a, 64 bits: it tells versions apart, and need not withstand anybody.
    private static func digest(_ octets: [UInt8]) -> String {
        let hash = octets.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

enum DashboardAssets {
    static let style = DashboardAsset(
        "dashboard.css", type: "text/css; charset=utf-8", PackageResources.dashboard_css)
    static let script = DashboardAsset(
        "dashboard.js", type: "text/javascript; charset=utf-8", PackageResources.dashboard_js)
    static let all = [style, script]
}
