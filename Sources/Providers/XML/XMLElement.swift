/// An element of an XML document: its name without a prefix, its text, and the elements within it. Attributes, comments
/// and the order of texts and elements are not kept.
struct XMLElement: Hashable, Sendable {
    let name: String
    /// The texts between the elements within, joined.
    var text = ""
    var children: [XMLElement] = []

    init(name: String) {
        self.name = name
    }

    /// The first element within that has this name.
    subscript(name: String) -> XMLElement? { children.first { $0.name == name } }

    /// Every element within that has this name.
    func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }
}

/// Why a text is no XML document that we read.
struct XMLSyntaxError: Error, Equatable {
    let reason: String
}
