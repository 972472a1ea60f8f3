/// The word that somebody meant who wrote another.
package enum NearestWord {
    /// The nearest of `words`, when it is near enough to have been meant.
    package static func nearest(to word: String, among words: some Sequence<String>) -> String? {
        // A short word is soon near to everything.
        let limit = max(1, min(3, word.count / 3))
        let near = words.map { (word: $0, distance: distance(word.lowercased(), $0.lowercased())) }
            .filter { $0.distance <= limit }
        return near.min { ($0.distance, $0.word) < ($1.distance, $1.word) }?.word
    }

    /// Follows a field's name: that it is no `kind`, and which one was meant, or which ones there are.
    package static func suggestion(for word: String, among words: some Sequence<String>, as kind: String) -> String {
        let words = words.sorted()
        if let nearest = nearest(to: word, among: words) {
            return "is no \(kind) here: did you mean “\(nearest)”?"
        }
        let known = words.count == 1 ? "there is only \(words[0])" : "there are \(words.joined(separator: ", "))"
        return "is no \(kind) here: \(known)"
    }

    /// How many letters have to be changed, added, left out or swapped with their neighbours.
    private static func distance(_ first: String, _ second: String) -> Int {
        let (a, b) = (Array(first.prefix(64)), Array(second.prefix(64)))
        var rows = [Array(0...b.count)]
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var least = min(rows[i][j] + (a[i] == b[j] ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, rows[i - 1][j - 1] + 1) }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
