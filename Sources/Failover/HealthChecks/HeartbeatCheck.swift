import DNSModel
import FoundationEssentials
import Wire

/// The server tells us that it is well, through `dnsconverge push` or the API, again and again. When it does not, it is not.
package struct HeartbeatCheck: HealthCheck {
    package static let kind = "heartbeat"

    /// How often one is to come, and how long after that it is still in time.
    private let every: Duration
    private let grace: Duration
    /// What who sends one must know; nil: nothing.
    package let token: Secret?
    private let board: HeartbeatBoard
    var now: @Sendable () -> Date = { Date() }

    package init?(reading settings: inout SettingReader, in context: CheckContext) {
        let times = Duration.seconds(1) ... .seconds(30 * 86_400)
        let every = settings.duration(Self.kind, in: times)
        let grace = settings.duration("grace", in: .zero ... .seconds(30 * 86_400))
        token = settings.secret("token")
        if every == nil { _ = settings.required(Self.kind, every, form: "how often one is to come, such as 60s") }
        guard let every else { return nil }
        self.every = every
        self.grace = grace ?? every / 2
        board = context.heartbeats
    }

    /// Takes in what a server has said of itself.
    package func note(_ health: Health, _ text: String, from server: CheckID) async {
        await board.note(health, text, from: server, at: now())
    }

    package func run(against server: CheckSubjectServer, over network: Network) async -> CheckResult {
        guard let beat = await board.last(from: server.id) else {
            return CheckResult(.unknown, "no heartbeat has come yet; one is expected every \(every.settingText)")
        }
        let limit = beat.time.addingTimeInterval((every + grace).seconds)
        let now = now()
        guard now < limit else {
            let age = Duration.seconds(Int64(max(0, now.timeIntervalSince(beat.time))))
            return CheckResult(
                .fail, "the last heartbeat came \(age.text) ago, and one is expected every \(every.settingText)")
        }
        return CheckResult(beat.health, beat.text.isEmpty ? "heartbeat" : beat.text, validUntil: limit)
    }
}
