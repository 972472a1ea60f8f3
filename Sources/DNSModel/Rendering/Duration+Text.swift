extension Duration {
    /// In at most two units, as people read it: `12 ms`, `3.4 s`, `4m12s`, `2h05m`, `3d04h`. Never shorter than it is by
    /// more than the last digit.
    package var text: String {
        let milliseconds = max(0, wholeMilliseconds)
        let seconds = milliseconds / 1000
        switch milliseconds {
        case ..<1000: return "\(milliseconds) ms"
        case ..<10_000 where milliseconds % 1000 >= 100: return "\(seconds).\(milliseconds % 1000 / 100) s"
        case ..<60_000: return "\(seconds) s"
        default: return Self.text(seconds: seconds)
        }
    }

    /// A number of whole seconds: `42s`, `4m12s`, `2h05m`, `3d04h`.
    package static func text(seconds: Int) -> String {
        let (minutes, hours) = (seconds / 60, seconds / 3600)
        switch seconds {
        case ..<60: return "\(seconds)s"
        case ..<3600: return "\(minutes)m\(twoDigits(seconds % 60))s"
        case ..<86_400: return "\(hours)h\(twoDigits(minutes % 60))m"
        default: return "\(seconds / 86_400)d\(twoDigits(hours % 24))h"
        }
    }

    /// Rounded towards zero.
    package var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
