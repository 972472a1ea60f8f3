import DNSModel
import Wire

/// What stands around schemes in a configuration and holds for all of them, those made at run time included.
package struct SchemeSurroundings: Sendable {
    var context: ConfigurationContext
    var okerr: OkerrReader?
    /// Checks of our own network, for schemes that name none of their own.
    var canaries: [ScheduledCheck] = []
    var hooks = HookSettings()
    var notifications = NotificationSettings()
}
