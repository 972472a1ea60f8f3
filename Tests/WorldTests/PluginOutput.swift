import FoundationEssentials

/// The output of a monitoring plugin, read by the rules of the Monitoring Plugins Development Guidelines: a line of text,
/// performance data behind a bar, further lines of text, and further performance data behind a bar in one of those.
struct PluginOutput {
    let text: String
    let figures: [Figure]

    struct Figure: Equatable {
        let label: String
        /// Nil for `U`, which says that the value could not be determined.
        let value: Double?
        let unit: String
        let warning: Range?
        let critical: Range?
        let minimum: Double?
        let maximum: Double?
    }

    /// `[@]start:end`
    struct Range: Equatable {
        let isInside: Bool
        let start: Double
        let end: Double
    }

    struct Violation: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    init(_ output: String) throws {
        guard output.hasSuffix("\n") else { throw Violation("does not end with a line's end") }
        guard output.utf8.count < 4096 else { throw Violation("\(output.utf8.count) octets are more than some read") }
        var lines = output.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let (first, firstData) = Self.cut(lines.removeFirst())
        text = first
        guard first.utf8.count < 80 else { throw Violation("\(first.utf8.count) characters: \(first)") }
        guard first.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) else { throw Violation("not plain ASCII: \(first)") }
        var data = firstData
        while !lines.isEmpty {
            let (_, more) = Self.cut(lines.removeFirst())
            guard let more else { continue }
            // Everything from here on is performance data.
            data = ([data ?? "", more] + lines).joined(separator: " ")
            break
        }
        figures = try Self.figures(data ?? "")
        guard Set(figures.map { $0.label.prefix(19) }).count == figures.count else {
            throw Violation("labels that the first 19 characters do not tell apart")
        }
    }

    private static func cut(_ line: String) -> (String, String?) {
        let parts = line.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        return (parts[0].trimmed, parts.count > 1 ? parts[1] : nil)
    }

    private static func figures(_ text: String) throws -> [Figure] {
        var rest = text[...]
        var figures: [Figure] = []
        while true {
            rest = rest.drop { $0 == " " }
            if rest.isEmpty { return figures }
            let label = try label(&rest)
            let item = rest.prefix { $0 != " " }
            rest = rest.dropFirst(item.count)
            figures.append(try figure(label, String(item)))
        }
    }

    /// A label, quoted where it has blanks, and the equals sign behind it.
    private static func label(_ rest: inout Substring) throws -> String {
        var label = ""
        if rest.first == "'" {
            rest.removeFirst()
            while let character = rest.popFirst() {
                if character != "'" {
                    label.append(character)
                } else if rest.first == "'" {
                    label.append(rest.removeFirst())
                } else {
                    break
                }
            }
        } else {
            label = String(rest.prefix { $0 != "=" })
            rest = rest.dropFirst(label.count)
            if label.contains(" ") || label.contains("'") { throw Violation("label without its quotes: \(label)") }
        }
        guard !label.isEmpty, rest.popFirst() == "=" else { throw Violation("no label: \(label)\(rest)") }
        return label
    }

    private static func figure(_ label: String, _ text: String) throws -> Figure {
        let fields = text.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        guard (1...5).contains(fields.count) else { throw Violation("\(label)=\(text)") }
        let digits = String(fields[0].prefix { "-.0123456789".contains($0) })
        let unit = String(fields[0].dropFirst(digits.count))
        let isUnknown = fields[0] == "U"
        guard isUnknown || ["", "s", "ms", "us", "%", "B", "KB", "MB", "TB", "c"].contains(unit) else {
            throw Violation("\(label): no unit is called \(unit)")
        }
        func field(_ index: Int) -> String? {
            fields.count > index && !fields[index].isEmpty ? fields[index] : nil
        }
        return Figure(
            label: label, value: isUnknown ? nil : try number(digits), unit: isUnknown ? "" : unit,
            warning: try field(1).map(range), critical: try field(2).map(range), minimum: try field(3).map(number),
            maximum: try field(4).map(number))
    }

    private static func range(_ text: String) throws -> Range {
        let isInside = text.hasPrefix("@")
        let ends = text.dropFirst(isInside ? 1 : 0).split(separator: ":", omittingEmptySubsequences: false)
            .map(String.init)
        guard (1...2).contains(ends.count) else { throw Violation("no range: \(text)") }
        let start = ends.count == 1 ? 0 : ends[0] == "~" ? -Double.infinity : try number(ends[0])
        let end = ends.last == "" ? Double.infinity : try number(ends[ends.count - 1])
        guard start <= end else { throw Violation("no range: \(text)") }
        return Range(isInside: isInside, start: start, end: end)
    }

    /// Of the class `[-0-9.]`: no exponent, no comma.
    private static func number(_ text: String) throws -> Double {
        guard text.allSatisfy({ "-.0123456789".contains($0) }), let number = Double(text) else {
            throw Violation("no number: \(text)")
        }
        return number
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
