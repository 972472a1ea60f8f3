extension Duration {
    /// As people read it: `12 ms`, `3.4 s`, `42s`, `4m12s`, `2h05m`.
    package var text: String {
        let milliseconds = max(0, wholeMilliseconds)
        return switch milliseconds {
        case ..<1000: "\(milliseconds) ms"
        case ..<10_000: "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
        default: ShortTime(milliseconds / 1000).description
        }
    }

    /// Rounded towards zero.
    package var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    }
}
