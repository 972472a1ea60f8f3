/// What has to be written to a terminal so that it shows other lines: only those that differ.
package struct ScreenUpdate {
    /// Escape sequences and text; empty when nothing differs.
    package let output: String

    /// `old` is what the screen shows from its first row on; nil when that is not known.
    package init(from old: [String]?, to new: [String]) {
        var output = old == nil ? "\u{1B}[H\u{1B}[2J" : ""
        for row in 0..<max(old?.count ?? 0, new.count) {
            let line = row < new.count ? new[row] : ""
            guard row >= old?.count ?? 0 || old?[row] != line else { continue }
            // Erased first: behind a line that fills its row the cursor still stands on the last character.
            output += "\u{1B}[\(row + 1);1H\u{1B}[K\(line)"
        }
        self.output = output
    }
}
