/// What a server answered to an HTTP request, whatever its status.
package struct HTTPResponse: Hashable, Sendable {
    package let status: Int
    package let headers: [HTTPHeader]
    package let body: [UInt8]
    /// Whether the body is longer than was wanted, and only its beginning is here.
    package let isCut: Bool
    /// What is known of the connection, where the request wanted that.
    package let connection: ConnectionDetails?

    package init(
        status: Int, headers: [HTTPHeader] = [], body: [UInt8] = [], isCut: Bool = false,
        connection: ConnectionDetails? = nil
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.isCut = isCut
        self.connection = connection
    }

    /// The value of the first header of that name, whose case does not matter.
    package func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }

    /// The body as UTF-8, with replacement characters for what is not.
    package var text: String { String(decoding: body, as: UTF8.self) }
}
