import DNSModel
import Synchronization

/// How `--scheme` finds what a scheme's record should be. Only the daemon's program can.
package enum SchemeLookup {
    /// Throws when the daemon or the scheme is not there.
    package typealias Lookup = @Sendable (String) async throws -> [CheckSubject]

    // Guards what the program gives once, before it runs a command. A task-local value would say the same, but Swift 6.3.1
    // with optimization crashes in one around an operation that never returns.
    private static let given = Mutex<Lookup?>(nil)

    package static func use(_ lookup: @escaping Lookup) { given.withLock { $0 = lookup } }

    static var current: Lookup? { given.withLock(\.self) }
}

extension CheckOrder {
    /// The same about the record of a scheme, where one is named.
    func about(scheme: String?) async throws -> CheckOrder {
        guard let scheme else { return self }
        guard let lookup = SchemeLookup.current else {
            throw CommandFailure("--scheme \(scheme): this program knows no schemes; call it as dnsconverge")
        }
        var order = self
        order.settings.subjects = try await lookup(scheme)
        return order
    }
}
