import DNSModel
import FoundationEssentials

/// How long before its end a certificate is a reason to worry.
struct CertificateThresholds: Hashable, Sendable {
    private(set) var warnDays: Int?
    private(set) var failDays: Int?

    init(warnDays: Int? = nil, failDays: Int? = nil) {
        self.warnDays = warnDays
        self.failDays = failDays
    }

    /// Reads `warn_days` and `fail_days`.
    init(reading settings: inout SettingReader, usual: CertificateThresholds) {
        warnDays = settings.integer("warn_days", in: 0...3650) ?? usual.warnDays
        failDays = settings.integer("fail_days", in: 0...3650) ?? usual.failDays
        if let warnDays, let failDays, failDays >= warnDays, settings.keys.contains("fail_days") {
            settings.note("fail_days", "is \(failDays), and a warning comes only \(warnDays) days before: give less")
        }
    }

    /// Notes those that were given as out of place.
    func refuse(_ settings: inout SettingReader, why: String) {
        for key in ["warn_days", "fail_days"] where settings.keys.contains(key) { settings.note(key, why) }
    }

    /// Nil for a certificate that lives long enough.
    func judgement(of expiry: Date, at now: Date) -> (health: Health, reason: String)? {
        let days = Int((expiry.timeIntervalSince(now) / 86_400).rounded(.down))
        let reason = "the certificate expires in \(days) \(days == 1 ? "day" : "days")"
        if expiry <= now { return (.fail, "the certificate has expired") }
        if let failDays, days < failDays { return (.fail, reason) }
        if let warnDays, days < warnDays { return (.warn, reason) }
        return nil
    }
}
