/// Why okerr was not told; the text says of what and what to do.
package enum OkerrError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The settings are missing or wrong.
    case settings(String)
    /// Okerr could not be reached, or could not answer, within all tries.
    case unreachable(String)
    /// Okerr understood and refused.
    case refused(String)
    case cancelled

    package var description: String {
        switch self {
        case .settings(let text), .unreachable(let text), .refused(let text): "okerr: \(text)"
        case .cancelled: "okerr: given up before it was told"
        }
    }
}
