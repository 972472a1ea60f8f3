import DNSModel

/// The resolvers that the machine itself uses (resolv.conf(5)).
enum SystemResolvers {
    private static let path = "/etc/resolv.conf"

    static func read() throws -> [Endpoint] {
        let text = String(decoding: try InputFile.contents(of: path), as: UTF8.self)
        let endpoints = endpoints(in: text)
        guard !endpoints.isEmpty else {
            throw CommandFailure("\(path) names no resolver by an address that can be asked")
        }
        return endpoints
    }

    /// The addresses of the nameserver lines, in order; those with a zone index are left out. This machine when there
    /// is no such line.
    static func endpoints(in text: String) -> [Endpoint] {
        let given = text.split(separator: "\n").compactMap { line -> Substring? in
            let words = line.split(whereSeparator: \.isWhitespace)
            return words.count >= 2 && words[0] == "nameserver" ? words[1] : nil
        }
        let addresses = (given.isEmpty ? ["127.0.0.1"] : given).compactMap { IPAddress($0) }
        return addresses.map { Endpoint($0) }
    }
}
