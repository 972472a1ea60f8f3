/// What an engine has sent and received since it started.
package struct EngineCounters: Hashable, Sendable {
    /// Datagrams and TCP messages sent, retransmissions included.
    package var sent = 0
    /// Datagrams and TCP messages received, ignored ones included.
    package var received = 0
    /// Replies whose bytes were those of an earlier one, and that were therefore not decoded again.
    package var reused = 0
    package var ignored = Ignored()
    /// Replies from the right server to the right question that are no well-formed DNS message.
    package var malformed = 0

    package init() {}

    /// Messages that answer no query of ours, and were dropped while we kept listening (RFC 5452 §9.1).
    package struct Ignored: Hashable, Sendable {
        /// The ID is that of a query, but another address or port sent it.
        package var wrongSource = 0
        /// No query with this ID is outstanding on the socket.
        package var wrongID = 0
        /// The question is not byte for byte the one that was asked.
        package var wrongQuestion = 0
        /// Not a response at all, or one to another kind of request.
        package var notAReply = 0
        /// It came after its query had ended.
        package var late = 0

        package init() {}

        package var total: Int { wrongSource + wrongID + wrongQuestion + notAReply + late }
    }
}
