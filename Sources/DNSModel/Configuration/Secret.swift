/// A password, key or token. However it is printed it prints as `<secret>`.
package struct Secret: Hashable, Sendable {
    /// The text itself, for whoever must send it.
    package let revealed: String

    package init(_ text: String) {
        revealed = text
    }

    /// `text` without the secret, for messages made of what a server said.
    package func removed(from text: String) -> String {
        guard !revealed.isEmpty else { return text }
        var rest = text[...]
        var result = ""
        while let range = rest.firstRange(of: revealed) {
            result += rest[..<range.lowerBound] + description
            rest = rest[range.upperBound...]
        }
        return result + rest
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<secret>" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
