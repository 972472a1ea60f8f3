import DNSModel
import Wire

/// Who is told of what happens.
package struct NotificationSettings: Sendable {
    package struct Webhook: Hashable, Sendable {
        /// Many services put their key into it.
        package let url: Secret
        /// Where it leads, for messages.
        package let origin: String
        package let headers: [String: Secret]
    }

    package struct Email: Hashable, Sendable {
        package let recipients: [String]
        package let sender: String?
        /// Takes the message on its standard input, as `sendmail -t` does.
        package let program: ProgramCall
    }

    /// The state of each scheme as an indicator of the okerr project.
    package struct OkerrPush: Sendable {
        package let project: OkerrSettings
        package let policy: String?
    }

    package var webhooks: [Webhook] = []
    package var emails: [Email] = []
    package var okerr: OkerrPush?
    /// The least that is told.
    package var severity: Alert.Severity?

    package init() {}

    /// Whoever is told by any of these, each one once.
    package static func union(_ all: [NotificationSettings]) -> NotificationSettings {
        var sum = NotificationSettings()
        for settings in all {
            sum.webhooks += settings.webhooks.filter { !sum.webhooks.contains($0) }
            sum.emails += settings.emails.filter { !sum.emails.contains($0) }
        }
        return sum
    }

    static func + (a: NotificationSettings, b: NotificationSettings) -> NotificationSettings {
        var sum = a
        sum.webhooks += b.webhooks
        sum.emails += b.emails
        sum.okerr = b.okerr ?? a.okerr
        sum.severity = b.severity ?? a.severity
        return sum
    }
}
