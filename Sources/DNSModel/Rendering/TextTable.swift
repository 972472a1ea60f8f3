/// Rows of cells whose columns share their widths. When it is too wide, long cells give way first, and then whole columns
/// that can be done without.
struct TextTable {
    struct Column {
        let title: String
        /// Numbers stand at the right.
        var isRightAligned = false
        /// The width below which the column is not cut; one that would be narrower is as wide as its widest cell.
        var minimum = Int.max
        /// Columns of a lower rank are left out first; nil never is.
        var rank: Int?
    }

    let columns: [Column]
    private(set) var rows: [[StyledText]] = []

    private static let gap = 2

    init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Takes a cell for each column.
    mutating func append(_ cells: [StyledText]) {
        precondition(cells.count == columns.count)
        rows.append(cells)
    }

    /// The titles, and then the rows, none wider than `width` where the columns allow it.
    func lines(width: Int, ellipsis: String) -> [StyledText] {
        guard !rows.isEmpty else { return [] }
        // No column needs more than the whole width, however long its cells are.
        let natural = columns.indices.map { min(naturalWidth(of: $0), width) }
        let narrowest = zip(columns, natural).map { min($1, max($0.minimum, $0.title.columns)) }
        let shown = shownColumns(narrowest, width: width)
        let widths = fit(shown, natural, narrowest, into: width)
        let titles = columns.map { StyledText($0.title, .quiet) }
        return ([titles] + rows).map { row in
            zip(shown, widths).reduce(StyledText()) { line, column in
                let (index, width) = column
                let cell = row[index].truncated(to: width, ellipsis: ellipsis)
                let gap = line.isEmpty ? "" : String(repeating: " ", count: Self.gap)
                return line + StyledText(gap) + cell.padded(to: width, leading: columns[index].isRightAligned)
            }
        }
    }

    private func naturalWidth(of index: Int) -> Int {
        rows.reduce(columns[index].title.columns) { max($0, $1[index].columns) }
    }

    /// Columns that hold anything, less those that have to go so that the rest fits at its narrowest.
    private func shownColumns(_ narrowest: [Int], width: Int) -> [Int] {
        var shown = columns.indices.filter { index in rows.contains { !$0[index].isEmpty } }
        while total(shown.map { narrowest[$0] }) > width {
            let expendable = shown.filter { columns[$0].rank != nil }
            guard let least = expendable.min(by: { (columns[$0].rank ?? 0) < (columns[$1].rank ?? 0) }) else { break }
            shown.removeAll { $0 == least }
        }
        return shown
    }

    /// Takes what is too much from the widest column that may still be cut, a character at a time.
    private func fit(_ shown: [Int], _ natural: [Int], _ narrowest: [Int], into width: Int) -> [Int] {
        var widths = shown.map { natural[$0] }
        while total(widths) > width {
            let cuttable = shown.indices.filter { widths[$0] > narrowest[shown[$0]] }
            guard let widest = cuttable.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
        }
        return widths
    }

    private func total(_ widths: [Int]) -> Int {
        widths.reduce(0, +) + Self.gap * max(0, widths.count - 1)
    }
}
