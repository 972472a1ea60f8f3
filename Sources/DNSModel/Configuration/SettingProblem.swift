/// Something wrong in a configuration: where, in which field, and what to do about it.
package struct SettingProblem: Error, Hashable, Sendable, CustomStringConvertible {
    package let place: SettingNode.Place?
    /// The path to the field: `schemes.cat.servers.charlie.priority`.
    package let field: String
    /// What is wrong and what to do, without the field's name.
    package let message: String
    /// A secret stands there itself, which is all that is wrong with it.
    package let isLiteralSecret: Bool

    package init(place: SettingNode.Place?, field: String, message: String, isLiteralSecret: Bool = false) {
        self.place = place
        self.field = field
        self.message = message
        self.isLiteralSecret = isLiteralSecret
    }

    package var description: String {
        let place = place.map { "line \($0.line), column \($0.column): " } ?? ""
        return "\(place)\(field): \(message)"
    }
}
