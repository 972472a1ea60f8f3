import DNSModel
import FoundationEssentials
import Wire

/// An indicator of an okerr project. The server is healthy when okerr says OK and neither maintenance, a problem nor
/// silence makes that void. One request serves all indicators of the project; only those that are not among the healthy
/// ones, and now and then the others, are asked for by name.
package struct OkerrCheck: HealthCheck {
    package static let kind = "okerr"

    /// The name in the project: `charlie:cat`.
    package let indicator: String
    package let project: OkerrReader
    /// How old okerr's own last news may be; nil leaves it to the indicator's period and patience.
    private let maxAge: Duration?
    private let interval: Duration
    private let timeout: Duration
    private let freshness = OkerrFreshness()

    package init?(reading settings: inout SettingReader, in context: CheckContext) {
        let form = "the name of an indicator, such as charlie:cat"
        let indicator = settings.required(
            Self.kind, settings.value(Self.kind, form: form, parse: Self.indicatorName), form: form)
        maxAge = settings.duration("max_age", in: .seconds(1) ... .seconds(30 * 86_400))
        (interval, timeout) = (context.interval, context.timeout)
        guard let project = context.okerr else {
            settings.note(
                Self.kind, "has no project: give okerr: {project: …, api_key: env:NAME} at the top of the file")
            return nil
        }
        if project.settings.apiKey == nil {
            settings.note(Self.kind, "cannot be read without a key: give api_key in okerr at the top of the file")
        }
        guard let indicator else { return nil }
        (self.indicator, self.project) = (indicator, project)
    }

    package func run(against server: CheckSubjectServer, over network: Network) async -> CheckResult {
        do throws(OkerrError) {
            let eligible = try await project.eligible(within: interval / 2, over: network.http, timeout: timeout)
            let now = Date()
            if eligible.contains(indicator), await !freshness.isDue(at: now, every: maxAge) {
                return CheckResult(.ok, "okerr says OK")
            }
            let state = try await project.state(of: indicator, over: network.http, timeout: timeout)
            let result = judge(state, at: now)
            if result.health == .ok { await freshness.note(at: now) }
            return result
        } catch {
            return CheckResult(.unknown, error.description)
        }
    }

    private func judge(_ state: OkerrState?, at now: Date) -> CheckResult {
        let name = "\(indicator)@\(project.settings.textid)"
        guard let state else { return CheckResult(.unknown, "okerr has no indicator \(name): check its name") }
        let details = PrintableText(state.details).text
        let said = (state.isOK ? "okerr says OK" : "okerr says ERR") + (details.isEmpty ? "" : ": \(details)")
        let health: Health = state.isOK ? .ok : .fail
        if state.isInMaintenance { return CheckResult(health, "in maintenance at okerr; \(said)", isMaintenance: true) }
        if state.isDisabled { return CheckResult(.unknown, "okerr does not watch \(name): it is disabled") }
        if state.hasProblem { return CheckResult(.unknown, "okerr cannot watch \(name): it has a problem") }
        if let maxAge, let updated = state.updated, now.timeIntervalSince(updated) > maxAge.seconds {
            let age = Duration.seconds(Int64(now.timeIntervalSince(updated)))
            return CheckResult(.unknown, "okerr's last news of \(name) is \(age.text) old")
        }
        if state.isOverdue(at: now) { return CheckResult(.unknown, "okerr has had no news of \(name) when it should") }
        return CheckResult(health, said)
    }

    /// Okerr's own rules for names.
    private static func indicatorName(_ text: String) -> String? {
        let isFine = text.count <= 200 && Int(text) == nil && !text.hasPrefix("/") && text.firstRange(of: "//") == nil
        return isFine && !text.contains { "<>%\\@".contains($0) || $0.isNewline } ? text : nil
    }
}

/// When an indicator was last seen to be fresh.
private actor OkerrFreshness {
    private var last: Date?

    private static let usual = Duration.seconds(300)

    func isDue(at now: Date, every maxAge: Duration?) -> Bool {
        guard let last else { return true }
        return now.timeIntervalSince(last) >= min(Self.usual, maxAge.map { $0 / 2 } ?? Self.usual).seconds
    }

    func note(at now: Date) { last = now }
}
