import DNSModel
import FoundationEssentials

/// What is known of the connection that a response came over. Times count from the request's start; those of a kept
/// connection are zero up to where it was taken up again.
package struct ConnectionDetails: Hashable, Sendable {
    /// Whom we were connected to; nil for a Unix-domain socket.
    package let address: IPAddress?
    package let port: UInt16
    /// When the name was looked up.
    package let lookedUp: Duration
    /// When the TCP connection stood.
    package let connected: Duration
    /// When TLS was set up; zero without TLS.
    package let secured: Duration
    /// When the first octet of the response came.
    package let firstOctet: Duration
    /// When all had come.
    package let total: Duration
    /// When the server's certificate expires; nil without TLS, and over a connection that an earlier request had made.
    package let certificateExpiry: Date?
}
