import DNSModel
import Wire

extension NotificationSettings {
    private static let sendmail = "/usr/sbin/sendmail -t -oi"

    /// Reads `notify: {webhook: URL, email: ADDRESS, okerr: true, severity: warning}`; each may be a list.
    static func read(_ settings: inout SettingReader, _ project: OkerrSettings?) -> NotificationSettings {
        settings.group("notify") { settings in
            var result = NotificationSettings()
            result.webhooks = (settings.elements("webhook") ?? []).compactMap { webhook($0.node, $0.name, &settings) }
            result.emails = (settings.elements("email") ?? []).compactMap { email($0.node, $0.name, &settings) }
            result.okerr = okerr(&settings, project)
            result.severity = settings.word(
                "severity", ["notice": .notice, "warning": .warning, "critical": .critical])
            return result
        } ?? NotificationSettings()
    }

    private static func webhook(_ node: SettingNode, _ name: String, _ settings: inout SettingReader) -> Webhook? {
        settings.nested(node, name, short: "url") { settings in
            let url = settings.required("url", settings.secretURL("url"), form: "a URL, or env:NAME that holds one")
            var headers: [String: Secret] = [:]
            _ = settings.group("headers") { settings in
                for key in settings.keys { headers[key] = settings.secret(key) }
            }
            settings.finish()
            return url.map { Webhook(url: $0.secret, origin: $0.origin, headers: headers) }
        }
    }

    private static func email(_ node: SettingNode, _ name: String, _ settings: inout SettingReader) -> Email? {
        settings.nested(node, name, short: "to") { settings in
            let form = "a mail address such as ops@example.org"
            let recipients = settings.required("to", settings.values("to", form: form, parse: mailAddress), form: form)
            let sender = settings.value("from", form: form, parse: mailAddress)
            let program = settings.keys.contains("command") ? settings.program("command") : sendmailProgram(&settings)
            settings.finish()
            guard let recipients, let program else { return nil }
            return Email(recipients: recipients, sender: sender, program: program)
        }
    }

    private static func sendmailProgram(_ settings: inout SettingReader) -> ProgramCall? {
        guard let words = CommandWords.split(sendmail), let path = ExecutableFile.path(of: words[0]) else {
            settings.note(
                "there is no /usr/sbin/sendmail: install a mail server, or give command: with another program")
            return nil
        }
        return ProgramCall(path: path, arguments: Array(words.dropFirst()))
    }

    /// What can stand in a header as it is.
    private static func mailAddress(_ text: String) -> String? {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, (try? DomainName(String(parts[1]))) != nil else { return nil }
        return text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"<>,;:\"()".utf8.contains($0) }) ? text : nil
    }

    private static func okerr(_ settings: inout SettingReader, _ project: OkerrSettings?) -> OkerrPush? {
        guard let node = settings.node("okerr") else { return nil }
        var policy: String?
        if case .mapping = node.value {
            policy = settings.group("okerr") { $0.text("policy") } ?? nil
        } else if settings.flag("okerr") != true {
            return nil
        }
        guard let project else {
            settings.note("okerr", "has no project to tell: give okerr: {project: …} at the top of the file")
            return nil
        }
        return OkerrPush(project: project, policy: policy)
    }
}

extension SettingReader {
    /// A URL that may be secret: as it is, or a reference to it.
    mutating func secretURL(_ key: String) -> (secret: Secret, origin: String)? {
        guard let text = text(key) else { return nil }
        guard text.hasPrefix("env:") || text.hasPrefix("file:") else {
            return url(key).map { (Secret($0.description), $0.origin) }
        }
        guard let secret = secret(key) else { return nil }
        guard let url = HTTPURL(secret.revealed) else {
            note(key, "\(PrintableText(text).text) holds no URL: put one such as https://www.example.org/path there")
            return nil
        }
        return (secret, url.origin)
    }
}
