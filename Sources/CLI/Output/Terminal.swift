import DNSModel
import Glibc

/// What is known of where standard output goes.
package struct Terminal {
    package let isTerminal: Bool
    let size: (columns: Int, rows: Int)?
    private let environment: (String) -> String?

    /// Looks at standard output as it is now; a window may change its size.
    package static var current: Terminal {
        var size = winsize()
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let isKnown = isTerminal && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return Terminal(
            isTerminal: isTerminal, size: isKnown ? (Int(size.ws_col), Int(size.ws_row)) : nil,
            environment: { getenv($0).map { String(cString: $0) } })
    }

    init(
        isTerminal: Bool, size: (columns: Int, rows: Int)?, environment: @escaping (String) -> String? = { _ in nil }
    ) {
        self.isTerminal = isTerminal
        self.size = size
        self.environment = environment
    }

    /// Whether lines can be rewritten in place.
    var canRedraw: Bool { isTerminal && !isDumb && size != nil }

    package func style(color: ColorChoice, verbosity: Int) -> ReportStyle {
        var style = ReportStyle()
        style.columns = size?.columns ?? environment("COLUMNS").flatMap { Int($0) } ?? 80
        style.colour = hasColour(color)
        style.unicode = isUTF8
        style.verbosity = verbosity
        style.utcOffset = Self.utcOffset
        return style
    }

    private var isDumb: Bool { environment("TERM").map { $0.isEmpty || $0 == "dumb" } ?? true }

    private func hasColour(_ choice: ColorChoice) -> Bool {
        switch choice {
        case .always: true
        case .never: false
        // An empty NO_COLOR does not count (no-color.org).
        case .auto: isTerminal && !isDumb && environment("NO_COLOR").map(\.isEmpty) ?? true
        }
    }

    /// Whether the locale writes UTF-8, by the variables' precedence in setlocale(3).
    private var isUTF8: Bool {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(environment).first { !$0.isEmpty } ?? "C"
        let charset = locale.lowercased().filter { $0 != "-" }
        return charset.contains("utf8")
    }

    private static var utcOffset: Int {
        var now = time(nil)
        var local = tm()
        localtime_r(&now, &local)
        return local.tm_gmtoff
    }
}
