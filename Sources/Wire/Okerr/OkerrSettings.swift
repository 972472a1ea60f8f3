import DNSModel
import FoundationEssentials
import Glibc

/// Which okerr project is told, where, and by whom.
package struct OkerrSettings: Sendable {
    /// The project's text ID.
    package let textid: String
    /// What okerr asks for where a policy or an indicator has a secret.
    package let secret: Secret?
    /// What okerr asks for before it tells states.
    package let apiKey: Secret?
    /// Where the director is asked for the project's server; the server itself when `isDirect`. Without a slash at its end.
    package let url: String
    package let isDirect: Bool
    /// What every indicator's name starts with.
    package let prefix: String

    /// Nil when the project's text ID or the URL is none; `url` is okerr's own when left out.
    package init?(
        textid: String, secret: Secret? = nil, apiKey: Secret? = nil, url: String? = nil, isDirect: Bool = false,
        prefix: String = ""
    ) {
        guard !textid.isEmpty, let textid = try? Self.checkedTextID(textid),
            let url = try? Self.checkedURL(url ?? Self.usualURL)
        else { return nil }
        self.textid = textid
        self.secret = secret
        self.apiKey = apiKey
        self.url = url
        self.isDirect = isDirect
        self.prefix = prefix
    }

    private static let usualURL = "https://my.okerr.com"

    /// Reads the variables of okerr's own client: from the environment, and what is not there from the first of `files`
    /// that exists.
    package init(
        environment: [String: String] = ProcessInfo.processInfo.environment, files: [String]? = nil
    ) throws(OkerrError) {
        let files = files ?? Self.usualFiles(home: environment["HOME"])
        let file = files.first { FileManager.default.fileExists(atPath: $0) }
        let contents = file.flatMap { FileManager.default.contents(atPath: $0) }
        let variables = EnvironmentFile.variables(in: String(decoding: contents ?? Data(), as: UTF8.self))
            .merging(environment) { _, environment in environment }
        func value(_ name: String) -> String? { variables[name].flatMap { $0.isEmpty ? nil : $0 } }

        guard let textid = value("OKERR_TEXTID") else {
            let unreadable = file.flatMap { contents == nil ? "; \($0) cannot be read" : nil } ?? ""
            throw .settings(
                "no project: set OKERR_TEXTID in the environment or in one of \(files.joined(separator: ", "))\(unreadable)"
            )
        }
        self.textid = try Self.checkedTextID(textid)
        secret = value("OKERR_SECRET").map(Secret.init)
        url = try Self.checkedURL(value("OKERR_URL") ?? Self.usualURL)
        apiKey = value("OKERR_API_KEY").map(Secret.init)
        isDirect = try Self.flag("OKERR_DIRECT", value("OKERR_DIRECT"))
        prefix = variables["PREFIX"] ?? Self.hostPrefix
    }

    private static func usualFiles(home: String?) -> [String] {
        let own = home.map { ["\($0)/okerr", "\($0)/.okerr"] } ?? []
        return (own + ["/usr/local/etc/okerr", "/etc/okerr"]).map { $0 + "/okerrupdate" }
    }

    private static func checkedTextID(_ text: String) throws(OkerrError) -> String {
        let isFine = text.utf8.allSatisfy { octet in
            octet &- 0x61 < 26 || octet.isASCIIDigit || octet == UInt8(ascii: "-") || octet == UInt8(ascii: ".")
        }
        guard isFine else {
            throw .settings("OKERR_TEXTID is “\(text)”, which no project has: give lower-case letters, digits, - and .")
        }
        return text
    }

    private static func checkedURL(_ text: String) throws(OkerrError) -> String {
        guard let url = OkerrServer.checkedURL(text) else {
            throw .settings("OKERR_URL is “\(text)”, which is no http or https URL: give one like https://my.okerr.com")
        }
        return url
    }

    private static func flag(_ name: String, _ text: String?) throws(OkerrError) -> Bool {
        switch text?.lowercased() {
        case nil, "0", "false", "no": return false
        case "1", "true", "yes": return true
        default: throw .settings("\(name) is “\(text ?? "")”: give 1 or 0")
        }
    }

    /// The machine's name up to its first dot, and a colon, which in okerr begins a tree.
    private static var hostPrefix: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "" }
        let host = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return host.isEmpty ? "" : "\(host.prefix { $0 != "." }):"
    }
}
