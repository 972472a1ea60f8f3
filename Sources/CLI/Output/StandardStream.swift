import Glibc

/// Standard output or error, written without a buffer, so that nothing is lost however the process ends.
package enum StandardStream: Int32 {
    case output = 1
    case error = 2

    /// Writes all of it. A reader that went away is no error: there is nobody left to tell.
    package func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(rawValue, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }
}
