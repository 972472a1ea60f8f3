/// Why something in `Wire` could not be set up at all. What a server did wrong is a `QueryFailure`.
package enum WireError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A system call failed: its name, and the error's number.
    case system(String, errno: Int32)

    package var description: String {
        switch self {
        case .system(let call, let number): "\(call) failed: \(systemMessage(number))"
        }
    }
}
