import CCurl
import DNSModel
import FoundationEssentials

extension EasyHandle {
    /// Has the certificates of the server's chain kept for `certificateExpiry`.
    func keepCertificates() { set(CURLOPT_CERTINFO, 1) }

    var connectionDetails: ConnectionDetails {
        ConnectionDetails(
            address: text(CURLINFO_PRIMARY_IP).flatMap { IPAddress($0) },
            port: UInt16(truncatingIfNeeded: number(CURLINFO_PRIMARY_PORT)), lookedUp: time(CURLINFO_NAMELOOKUP_TIME_T),
            connected: time(CURLINFO_CONNECT_TIME_T), secured: time(CURLINFO_APPCONNECT_TIME_T),
            firstOctet: time(CURLINFO_STARTTRANSFER_TIME_T), total: time(CURLINFO_TOTAL_TIME_T),
            certificateExpiry: certificateExpiry)
    }

    /// When the server's own certificate expires: the chain's first one.
    var certificateExpiry: Date? {
        let name = "Expire date:"
        return serverCertificate.first { $0.hasPrefix(name) }.flatMap { CertificateTime.date($0.dropFirst(name.count)) }
    }
}

/// The times in certificates as OpenSSL prints them: `Nov  1 05:48:45 2026 GMT`.
enum CertificateTime {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func date(_ text: some StringProtocol) -> Date? {
        let words = text.split(separator: " ")
        guard words.count >= 4, let month = months.firstIndex(of: String(words[0])), let day = Int(words[1]),
            let year = Int(words[3])
        else { return nil }
        let clock = words[2].split(separator: ":").map { Int($0) ?? -1 }
        guard clock.count == 3, (0...23).contains(clock[0]), (0...59).contains(clock[1]), (0...60).contains(clock[2]),
            (1...31).contains(day), (1900...9999).contains(year)
        else { return nil }
        let seconds = days(year, month + 1, day) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
        return Date(timeIntervalSince1970: Double(seconds))
    }

    /// Days from 1970-01-01 in the Gregorian calendar, counted in years that begin in March.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }
}
