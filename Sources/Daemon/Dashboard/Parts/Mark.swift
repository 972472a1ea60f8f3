import DNSModel

/// A state, said three times: by its word, by a shape and by a colour.
struct Mark: Hashable, Sendable {
    enum Shape: String, CaseIterable, Sendable {
        case check, triangle, cross, question, clock, shield, dash, wrench, pin, flake, dot, logo
    }

    enum Tone: String, CaseIterable, Sendable {
        case good, warn, bad, dim, plain
    }

    let shape: Shape
    let tone: Tone
    let word: String

    init(_ shape: Shape, _ tone: Tone, _ word: String) {
        self.shape = shape
        self.tone = tone
        self.word = word
    }

    var html: HTML { "<span class=\"mark \(tone.rawValue)\">\(icon)\(word)</span>" }

    /// Filled with its colour, for the one state that a page is about.
    var badge: HTML { "<span class=\"badge \(tone.rawValue)\">\(icon)\(word)</span>" }

    /// The shape alone; its word must stand beside it.
    var icon: HTML { Self.icon(shape) }

    static func icon(_ shape: Shape) -> HTML {
        "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#\(shape.rawValue)\"/></svg>"
    }
}

extension Mark {
    init(_ status: Status) {
        switch status {
        case .ok: self.init(.check, .good, status.rawValue)
        case .warning: self.init(.triangle, .warn, status.rawValue)
        case .unknown: self.init(.question, .dim, status.rawValue)
        case .critical: self.init(.cross, .bad, status.rawValue)
        }
    }

    init(_ health: Health) {
        switch health {
        case .ok: self.init(.check, .good, "ok")
        case .warn: self.init(.triangle, .warn, "warn")
        case .fail: self.init(.cross, .bad, "fail")
        case .unknown: self.init(.question, .dim, "unknown")
        }
    }

    init(_ verdict: Verdict, isAwaited: Bool = false, isPresumed: Bool = false) {
        let word = isAwaited ? "waiting" : verdict.word + (isPresumed ? " (presumed)" : "")
        switch verdict {
        case .converged: self.init(.check, .good, word)
        case .stale, .mixed, .negative, .lagging: self.init(.clock, .warn, word)
        case .wrong, .bogus, .intercepted: self.init(.cross, .bad, word)
        case .lame, .failing: self.init(.triangle, .warn, word)
        case .blocked: self.init(.shield, .warn, word)
        case .timeout, .hidden, .unjudged: self.init(.question, .dim, word)
        case .notAsked: self.init(.dash, .dim, word)
        }
    }

    init(_ severity: Alert.Severity) {
        switch severity {
        case .notice: self.init(.dot, .dim, severity.rawValue)
        case .warning: self.init(.triangle, .warn, severity.rawValue)
        case .critical: self.init(.cross, .bad, severity.rawValue)
        }
    }

    static let maintenance = Mark(.wrench, .warn, "maintenance")
}

extension Mark {
    /// The shapes, to be used by their names anywhere on the page.
    static let sprite: HTML = """
        <svg class="sprite" aria-hidden="true">
        <symbol id="check" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7"/><path d="M4.7 8.3l2.3 2.3 4.4-5"/></symbol>
        <symbol id="triangle" viewBox="0 0 16 16"><path d="M8 1.6 15 14.4H1z"/><path d="M8 6v4M8 12.1v.1"/></symbol>
        <symbol id="cross" viewBox="0 0 16 16"><path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z"/><path d="M5.5 5.5l5 5m0-5-5 5"/></symbol>
        <symbol id="question" viewBox="0 0 16 16"><circle class="open" cx="8" cy="8" r="7"/><path class="open" d="M5.9 6.2a2.1 2.1 0 1 1 3 1.9c-.6.3-.9.7-.9 1.4M8 11.7v.1"/></symbol>
        <symbol id="clock" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7"/><path d="M8 4v4.2l2.8 1.7"/></symbol>
        <symbol id="shield" viewBox="0 0 16 16"><path d="M8 .9l6 2.2v4.4c0 3.6-2.4 6.2-6 7.6-3.6-1.4-6-4-6-7.6V3.1z"/><path d="M5 8h6"/></symbol>
        <symbol id="dash" viewBox="0 0 16 16"><path class="open" d="M4 8h8"/></symbol>
        <symbol id="dot" viewBox="0 0 16 16"><circle cx="8" cy="8" r="3.5"/></symbol>
        <symbol id="wrench" viewBox="0 0 16 16"><path class="open" d="M14.3 4.2a3.8 3.8 0 0 1-5.1 4.6l-5 5.1a1.6 1.6 0 0 1-2.2-2.2l5.1-5a3.8 3.8 0 0 1 4.6-5.1L9.5 3.8l.4 2.2 2.2.4z"/></symbol>
        <symbol id="pin" viewBox="0 0 16 16"><path class="open" d="M5.2 1.5h5.6l-.8 5 2.5 2.6h-9L6 6.5zM8 9.1v5.4"/></symbol>
        <symbol id="flake" viewBox="0 0 16 16"><path class="open" d="M8 1v14M2 4.5l12 7M14 4.5l-12 7M6.3 2 8 3.7 9.7 2M6.3 14 8 12.3 9.7 14"/></symbol>
        <symbol id="logo" viewBox="0 0 16 16"><path class="open" d="M1.5 2.5C8 2.5 7 8 14 8M1.5 13.5C8 13.5 7 8 14 8M1.5 8h9"/></symbol>
        </svg>

        """
}
