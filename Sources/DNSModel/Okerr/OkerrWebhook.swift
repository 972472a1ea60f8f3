/// What okerr posts when the status of an indicator changes, as the form field `data`. It is sent once, unsigned, and not for
/// maintenance: a reason to ask, and nothing to believe.
package struct OkerrWebhook: Hashable, Sendable {
    package let textid: String
    package let indicator: String

    /// Nil for what is no change of a status.
    package init?(json bytes: some Collection<UInt8>) {
        guard let document = try? JSONNode(parsing: bytes), case .object(let members) = document.value else {
            return nil
        }
        func text(_ key: String) -> String? {
            guard case .string(let text)? = members.first(where: { $0.key == key })?.node.value else { return nil }
            return text
        }
        guard text("type") == "status_change", let textid = text("textid"), let name = text("name") else { return nil }
        self.textid = textid
        indicator = name
    }
}
