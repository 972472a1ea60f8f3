import DNSModel

/// Carries whole DNS messages to a server and its answers back, over a transport that keeps connections.
package protocol MessageExchange: Sendable {
    /// Sends `message` and gives the answer to it, with the ID that `message` has.
    ///
    /// The answer is only known to come from the endpoint's server; whether it is well formed and answers the question is
    /// for the caller to check. Cancelling the task gives the exchange up at once with `cancelled`. With `newConnection`
    /// it gets a connection of its own, so that a load balancer may pick another server.
    func exchange(
        _ message: [UInt8], with endpoint: Endpoint, timeout: Duration, newConnection: Bool
    ) async -> Result<[UInt8], QueryFailure>
}
