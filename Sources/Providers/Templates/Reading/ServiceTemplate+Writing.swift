import DNSModel
import Wire

extension ServiceTemplate.Writing {
    /// Reads `set`, `create`, `set_ttl` and `remove` of services that have RRsets, or `add`, `replace` and `remove` of those
    /// that have single records.
    init?(reading settings: inout SettingReader, lookup: TemplateLookup?) {
        if settings.keys.contains("add") || settings.keys.contains("replace") {
            self.init(ofRecords: &settings, lookup: lookup)
        } else {
            self.init(ofRRsets: &settings)
        }
    }

    private init?(ofRecords settings: inout SettingReader, lookup: TemplateLookup?) {
        let known = Placeholder.common.union([.value, .ttl])
        let add = settings.call("add", known: known)
        let replace = settings.call("replace", known: known.union([.recordID]))
        let remove = settings.call("remove", known: known.union([.recordID]))
        if settings.keys.contains("set") {
            settings.note("set", "stands beside add or replace: give the one or the others")
        }
        if lookup?.id == nil { settings.note("lookup", "needs id: without it no record can be replaced") }
        for (key, call) in [("add", add), ("replace", replace), ("remove", remove)] {
            _ = settings.required(key, call, form: "the request that does this to one record")
        }
        guard let add, let replace, let remove else { return nil }
        self = .records(add: add, replace: replace, remove: remove)
    }

    private init?(ofRRsets settings: inout SettingReader) {
        let known = Placeholder.common.union([.value, .valuesJSON, .elementsJSON, .ttl])
        let set = settings.call("set", known: known)
        let create = settings.call("create", known: known)
        let setTTL = settings.call("set_ttl", known: known)
        let remove = settings.call("remove", known: known)
        let form = "the request that sets a record (method, path, json), or add, replace and remove"
        guard let set = settings.required("set", set, form: form) else { return nil }
        self = .rrsets(set: set, create: create, setTTL: setTTL, remove: remove)
    }
}

extension SettingReader {
    /// A request: its method, its path, and perhaps a body as `json`, `form` or `text`.
    fileprivate mutating func call(_ key: String, known: Set<Placeholder>) -> ServiceTemplate.Call? {
        group(key) { settings in
            let bodies: [(String, RequestText.Use)] = [("json", .json), ("form", .form), ("text", .plain)]
            let given = bodies.filter { settings.keys.contains($0.0) }
            for (key, _) in given.dropFirst() {
                _ = settings.node(key)
                settings.note(key, "stands beside \(given[0].0): a request has one body")
            }
            let body = given.first.flatMap { key, use in
                settings.requestText(key, as: use, known: known).map { ServiceTemplate.Body(use: use, text: $0) }
            }
            let methods: KeyValuePairs<String, HTTPRequest.Method> = [
                "GET": .get, "POST": .post, "PUT": .put, "PATCH": .patch, "DELETE": .delete,
            ]
            let method = settings.word("method", methods) ?? (given.isEmpty ? .get : .post)
            let path = settings.requestText("path", as: .path, known: known)
            guard let path = settings.required("path", path, form: "what stands behind url, such as /records/{sub}")
            else {
                return nil
            }
            return ServiceTemplate.Call(method: method, path: path, body: body)
        } ?? nil
    }

    /// A text with placeholders.
    mutating func requestText(
        _ key: String, as use: RequestText.Use, known: Set<Placeholder>
    ) -> RequestText? {
        guard let text = text(key).map({ RequestText($0) }) else { return nil }
        guard let problem = text.problem(as: use, known: known) else { return text }
        note(key, problem)
        return nil
    }

    /// A JSON pointer.
    mutating func pointer(_ key: String) -> String? {
        value(key, form: "a JSON pointer such as /records/0/id") { $0.hasPrefix("/") ? $0 : nil }
    }
}
