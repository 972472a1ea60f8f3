import HTTPTypes
import Hummingbird

/// What browsers are told about every response.
enum SecurityHeaders {
    /// Scripts, styles and requests of our own only, none of them inline, and no frame around us.
    private static let contentPolicy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
        form-action 'self'; base-uri 'none'; frame-ancestors 'none'
        """

    private static let fields: [(name: String, value: String)] = [
        ("Content-Security-Policy", contentPolicy),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        // “no-referrer” would take the origin from our own forms, too (Fetch §3.2).
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ]

    private static let named = fields.compactMap { field in HTTPField.Name(field.name).map { ($0, field.value) } }

    static func add(to response: inout Response) {
        for (name, value) in named { response.headers[name] = value }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    }
}
