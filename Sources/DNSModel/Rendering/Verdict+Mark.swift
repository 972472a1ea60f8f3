extension Verdict {
    /// The sign before the verdict's word, one column wide.
    func mark(_ style: ReportStyle) -> String {
        switch self {
        case .converged: style.unicode ? "✓" : "+"
        case .stale, .mixed, .negative, .lagging: "~"
        case .wrong, .bogus, .intercepted: style.unicode ? "✗" : "x"
        case .lame, .failing, .blocked: "!"
        case .timeout, .hidden, .unjudged: "?"
        case .notAsked: style.dot
        }
    }

    var tone: StyledText.Tone {
        switch self {
        case .converged: .good
        case .stale, .mixed, .negative, .lagging, .lame, .failing, .blocked: .warning
        case .wrong, .bogus, .intercepted: .bad
        case .timeout, .hidden, .unjudged, .notAsked: .quiet
        }
    }

    /// Sign and word.
    func styled(_ style: ReportStyle, isPending: Bool = false, isPresumed: Bool = false) -> StyledText {
        StyledText("\(mark(style)) \(isPending ? "waiting" : word)\(isPresumed ? " (presumed)" : "")", tone)
    }
}

extension Status {
    var tone: StyledText.Tone {
        switch self {
        case .ok: .good
        case .warning: .warning
        case .critical, .unknown: .bad
        }
    }
}
