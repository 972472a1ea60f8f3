import DNSModel

/// How `--scheme` finds what a scheme's record should be. Only the daemon's program can.
package enum SchemeLookup {
    /// Throws when the daemon or the scheme is not there.
    package typealias Lookup = @Sendable (String) async throws -> [CheckSubject]

    @TaskLocal package static var current: Lookup?
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
