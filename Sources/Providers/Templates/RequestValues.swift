import DNSModel

/// What the placeholders of a request's texts stand for.
struct RequestValues: Sendable {
    private var texts: [Placeholder: String] = [:]
    private var secrets: [Placeholder: Secret] = [:]

    /// Empty for a placeholder without a value.
    subscript(placeholder: Placeholder) -> String {
        get { texts[placeholder] ?? secrets[placeholder]?.revealed ?? "" }
        set {
            if placeholder.isSecret { secrets[placeholder] = Secret(newValue) } else { texts[placeholder] = newValue }
        }
    }
}
