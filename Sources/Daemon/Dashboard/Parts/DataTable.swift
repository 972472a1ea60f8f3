import DNSModel

/// A table. On narrow screens its rows become blocks of labelled values, and stay a table to a screen reader by their roles.
struct DataTable {
    struct Column: Sendable {
        let title: String
        /// A class for all of its cells: `number`, `wide`.
        var style = ""
        /// What narrow screens leave out, since the row says it elsewhere or it is of little use there.
        var isLabelled = true

        init(_ title: String, _ style: String = "", isLabelled: Bool = true) {
            self.title = title
            self.style = style
            self.isLabelled = isLabelled
        }
    }

    let caption: String
    let style: String
    let columns: [Column]
    private let keepsEmptyColumns: Bool
    private var rows: [(attributes: HTML, cells: [HTML])] = []

    /// Columns without anything in them are left out. The caption is for screen readers: what the table has rows of.
    init(_ caption: String, style: String, _ columns: [Column], keepsEmptyColumns: Bool = false) {
        self.keepsEmptyColumns = keepsEmptyColumns
        self.caption = caption
        self.style = style
        self.columns = columns
    }

    /// A row; its first cell names it. `data` are attributes for the script.
    mutating func append(_ cells: [HTML], id: String? = nil, style: String = "", data: HTML = .empty) {
        let id: HTML = id.map { " id=\"\($0)\"" } ?? .empty
        let style: HTML = style.isEmpty ? .empty : " class=\"\(style)\""
        rows.append((id + style + data, cells))
    }

    private func line(_ attributes: HTML, _ cells: [(Column, HTML)]) -> HTML {
        let cells = cells.enumerated().map { Self.cell($1.1, of: $1.0, isHeader: $0 == 0) }
        return "<tr role=\"row\"\(attributes)>\(cells)</tr>\n"
    }

    private static func cell(_ content: HTML, of column: Column, isHeader: Bool) -> HTML {
        let blank = content.isEmpty ? " none" : ""
        let label: HTML = column.isLabelled && !isHeader ? " data-label=\"\(column.title)\"" : ""
        return isHeader
            ? "<th role=\"rowheader\" scope=\"row\" class=\"\(column.style)\">\(content)</th>"
            : "<td role=\"cell\" class=\"\(column.style + blank)\"\(label)>\(content)</td>"
    }

    var html: HTML {
        let used = columns.indices.filter { index in keepsEmptyColumns || rows.contains { !$0.cells[index].isEmpty } }
        let heads = used.map { index -> HTML in
            let column = columns[index]
            return "<th role=\"columnheader\" scope=\"col\" class=\"\(column.style)\">\(column.title)</th>"
        }
        return """
            <table role="table" class="\(style)">
            <caption class="unseen">\(caption)</caption>
            <thead role="rowgroup"><tr role="row">\(heads)</tr></thead>
            <tbody role="rowgroup">
            \(rows.map { row in line(row.attributes, used.map { (columns[$0], row.cells[$0]) }) })</tbody>
            </table>

            """
    }
}
