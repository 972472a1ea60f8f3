/// The name of a scheme, as the configuration has it: `cat`.
package struct SchemeName: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package var description: String { text }

    package static func < (a: SchemeName, b: SchemeName) -> Bool { a.text < b.text }
}

/// The name of a server within its scheme: `charlie`.
package struct ServerName: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package var description: String { text }

    package static func < (a: ServerName, b: ServerName) -> Bool { a.text < b.text }
}
