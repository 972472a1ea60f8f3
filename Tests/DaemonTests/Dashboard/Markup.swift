/// A page, read strictly: what a browser would put right is a mistake here.
struct Markup {
    struct Element: Sendable {
        let name: String
        let attributes: [String: String]
        /// From the outermost to the one that it stands in.
        let parents: [String]
        /// The texts directly in it.
        var text = ""
    }

    private(set) var elements: [Element] = []
    private(set) var problems: [String] = []
    private var open: [Int] = []

    private static let empty: Set = ["meta", "link", "input", "br", "rect", "line", "path", "circle", "use"]

    init(_ page: String) {
        var rest = page[...]
        if rest.hasPrefix("<!DOCTYPE html>") { rest = rest.dropFirst("<!DOCTYPE html>".count) }
        while let start = rest.firstIndex(of: "<") {
            add(text: rest[..<start])
            guard let end = rest[start...].firstIndex(of: ">") else {
                problems.append("a tag without an end: \(rest[start...].prefix(40))")
                break
            }
            tag(rest[rest.index(after: start)..<end])
            rest = rest[rest.index(after: end)...]
        }
        add(text: rest)
        problems += open.map { "\(elements[$0].name) is not closed" }
    }

    private mutating func add(text: Substring) {
        if let inner = open.last { elements[inner].text += text }
    }

    private mutating func tag(_ source: Substring) {
        if source.hasPrefix("/") {
            let name = String(source.dropFirst())
            if let inner = open.popLast(), elements[inner].name != name {
                problems.append("\(elements[inner].name) is closed as \(name)")
            }
            return
        }
        let isClosed = source.hasSuffix("/")
        let name = String(source.prefix { $0 != " " && $0 != "/" })
        let element = Element(
            name: name, attributes: attributes(source.dropFirst(name.count)), parents: open.map { elements[$0].name })
        elements.append(element)
        if !isClosed, !Self.empty.contains(name) { open.append(elements.count - 1) }
    }

    private mutating func attributes(_ source: Substring) -> [String: String] {
        var (rest, found) = (source, [String: String]())
        while let start = rest.firstIndex(where: { $0 != " " && $0 != "/" }) {
            rest = rest[start...]
            let name = String(rest.prefix { $0 != "=" && $0 != " " && $0 != "/" })
            rest = rest.dropFirst(name.count)
            var value = ""
            if rest.hasPrefix("=") {
                guard rest.hasPrefix("=\""), let end = rest.dropFirst(2).firstIndex(of: "\"") else {
                    problems.append("\(name) has no quotes: \(source)")
                    return found
                }
                value = String(rest.dropFirst(2)[..<end])
                rest = rest[rest.index(after: end)...]
            }
            if found.updateValue(value, forKey: name) != nil { problems.append("\(name) is there twice: \(source)") }
        }
        return found
    }
}
