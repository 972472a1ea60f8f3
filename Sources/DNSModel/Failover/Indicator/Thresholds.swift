/// How many results in a row, and how long, it takes before a health counts.
package struct Thresholds: Hashable, Sendable, Codable {
    /// Worse results in a row until the health is worse; at least 1.
    package var fall: Int
    /// Better results in a row until the health is better; at least 1.
    package var rise: Int
    /// How long results must have been worse, or better, at the least.
    package var downAfter: Duration
    package var upAfter: Duration
    /// Failures are forgotten after that many good results in a row; more than 1 suits links that lose packets.
    package var forgive: Int

    package init(
        fall: Int = 3, rise: Int = 3, downAfter: Duration = .zero, upAfter: Duration = .zero, forgive: Int = 1
    ) {
        self.fall = fall
        self.rise = rise
        self.downAfter = downAfter
        self.upAfter = upAfter
        self.forgive = forgive
    }
}
