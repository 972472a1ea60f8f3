import DNSModel
import Wire

/// How a recipe stands in a configuration.
extension HTTPRecipe {
    /// Reads `template`, or a recipe of the configuration's own; nil when a problem was noted.
    static func read(_ settings: inout SettingReader) -> HTTPRecipe? {
        guard let name = settings.text("template") else { return own(&settings) }
        if let template = templates.first(where: { $0.key == name }) { return template.recipe }
        let suggestion = NearestWord.suggestion(for: name, among: templates.map(\.key), as: "template")
        settings.note("template", "“\(PrintableText(name).text)” \(suggestion); or write set and the rest yourself")
        return nil
    }

    /// Notes settings that the recipe's texts need and that are not there; true when all are.
    func noteMissing(_ values: RecipeValues, in settings: inout SettingReader) -> Bool {
        let used = texts.reduce(into: Set<Placeholder>()) { $0.formUnion($1.placeholders) }
        var missing: [String] = []
        if used.contains(.token), values.token == nil { missing.append("token") }
        if !used.isDisjoint(with: [.zone, .sub, .subname]), values.zone == nil { missing.append("zone") }
        if used.contains(.user), values.user == nil { missing.append("user") }
        for key in missing where !settings.keys.contains(key) {
            let form = key == "token" ? "env:NAME or file:PATH" : key == "zone" ? "the zone's name" : "the user's name"
            settings.note("needs \(key): give \(form)")
        }
        return missing.isEmpty
    }

    private static func own(_ settings: inout SettingReader) -> HTTPRecipe? {
        let set = settings.required("set", call("set", &settings), form: "the call that sets a record, or template")
        guard let set else { return nil }
        var recipe = HTTPRecipe(name: "the service", set: set)
        recipe.create = call("create", &settings)
        recipe.delete = call("delete", &settings)
        recipe.setTTL = call("set_ttl", &settings)
        recipe.scope = settings.word("records", ["whole": .whole, "single": .single]) ?? .whole
        recipe.lookup = settings.group("lookup") { lookup(&$0) } ?? nil
        recipe.poll = settings.group("poll") { poll(&$0) } ?? nil
        recipe.headers = headers(&settings)
        recipe.ok = settings.group("ok") { rule(&$0) } ?? ReplyRule()
        recipe.unchanged = settings.group("unchanged") { rule(&$0) }
        recipe.echoes = settings.flag("echoes") ?? false
        recipe.fatal = rules("fatal", &settings)
        recipe.temporary = rules("temporary", &settings)
        recipe.retryAfter = settings.text("retry_after")
        recipe.types = settings.values("types", form: "a record type such as A") { RecordType($0) }.map { Set($0) }
        recipe.takesSeveralValues = settings.flag("several_values") ?? true
        recipe.ttls = ttls(&settings)
        recipe.minInterval = settings.duration("min_interval", in: .zero...(.seconds(86_400)))
        if recipe.scope == .single, recipe.lookup?.identifier == nil {
            settings.note("records", "is single, which needs lookup with id: give them, or say whole")
        }
        return recipe
    }

    private static func call(_ key: String, _ settings: inout SettingReader) -> Call? {
        settings.group(key) { call -> Call? in
            let methods: KeyValuePairs<String, HTTPRequest.Method> = [
                "GET": .get, "POST": .post, "PUT": .put, "PATCH": .patch, "DELETE": .delete,
            ]
            let method = call.required("method", call.word("method", methods), form: "GET, POST, PUT, PATCH or DELETE")
            let path = call.required("path", path("path", &call), form: "the path behind url")
            let (json, form) = (template("json", &call), template("form", &call))
            if json != nil, form != nil { call.note("form", "stands beside json: give one body") }
            guard let method, let path else { return nil }
            return Call(method: method, path: path, body: json.map { .json($0) } ?? form.map { .form($0) } ?? .none)
        } ?? nil
    }

    private static func lookup(_ settings: inout SettingReader) -> Lookup? {
        let path = settings.required("path", path("path", &settings), form: "the path behind url")
        let records = settings.required(
            "records", pointer("records", &settings), form: "a JSON pointer to the list, such as /result")
        let filter = settings.named("where").map { ($0.key, $0.node) }.compactMap { key, node in
            template(key, of: node, &settings).map { (key, $0) }
        }
        let value = pointer("value", &settings)
        let identifier = pointer("id", &settings)
        let (ttl, recordTTL) = (pointer("ttl", &settings), pointer("record_ttl", &settings))
        guard let path, let records else { return nil }
        return Lookup(
            path: path, records: records, filter: Dictionary(filter) { first, _ in first }, value: value ?? "",
            identifier: identifier, ttl: ttl, recordTTL: recordTTL)
    }

    private static func poll(_ settings: inout SettingReader) -> Poll? {
        let path = settings.required("path", path("path", &settings), form: "the path behind url")
        let form = "a JSON pointer such as /action/id"
        let identifier = settings.required("id", pointer("id", &settings), form: form)
        let state = settings.required("state", pointer("state", &settings), form: form)
        let done = settings.required("done", words("done", &settings), form: "the states in which the change is made")
        let failed = words("failed", &settings)
        let limit = settings.duration("limit", in: .seconds(1)...(.seconds(600)))
        guard let path, let identifier, let state, let done else { return nil }
        return Poll(
            path: path, identifier: identifier, state: state, done: done, failed: failed ?? [],
            limit: limit ?? .seconds(60))
    }

    private static func rules(_ key: String, _ settings: inout SettingReader) -> [ReplyRule] {
        (settings.elements(key) ?? []).map { element in
            settings.nested(element.node, element.name) { settings in
                defer { settings.finish() }
                return rule(&settings)
            }
        }
    }

    private static func rule(_ settings: inout SettingReader) -> ReplyRule {
        let statuses = settings.values(
            "status", form: "a status such as 200, or a range such as 200-299", parse: statuses)
        let pointer = pointer("pointer", &settings)
        let values = words("equals", &settings)
        let words = self.words("words", &settings)
        let lines = self.words("lines", &settings)
        if (pointer == nil) != (values == nil) { settings.note("pointer and equals go together: give both") }
        if statuses == nil, pointer == nil, words == nil, lines == nil {
            settings.note("needs status, words, lines, or pointer and equals")
        }
        return ReplyRule(
            statuses: statuses ?? [], pointer: pointer, values: values ?? [], words: words ?? [], lines: lines ?? [])
    }

    private static func statuses(_ text: String) -> ClosedRange<Int>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map {
            SettingReader.integer(String($0))
        }
        guard let first = ends[0], let last = ends.count == 2 ? ends[1] : first, ends.count <= 2, first <= last,
            (100...599).contains(first), (100...599).contains(last)
        else { return nil }
        return first...last
    }

    private static func ttls(_ settings: inout SettingReader) -> ClosedRange<UInt32>? {
        let (least, most) = (
            settings.integer("min_ttl", in: 0...604_800), settings.integer("max_ttl", in: 0...2_147_483_647)
        )
        guard least ?? 0 <= most ?? .max else {
            settings.note("max_ttl", "is less than min_ttl")
            return nil
        }
        return UInt32(least ?? 0)...UInt32(most ?? 2_147_483_647)
    }

    private static func headers(_ settings: inout SettingReader) -> [String: TemplateText] {
        var headers: [String: TemplateText] = [:]
        for member in settings.named("headers") {
            headers[member.key] = template(member.key, of: member.node, &settings)
        }
        return headers
    }

    private static func words(_ key: String, _ settings: inout SettingReader) -> Set<String>? {
        settings.values(key, form: "a word") { $0 }.map { Set($0) }
    }

    private static func pointer(_ key: String, _ settings: inout SettingReader) -> String? {
        settings.value(key, form: "a JSON pointer such as /result") { $0.hasPrefix("/") ? $0 : nil }
    }

    private static func path(_ key: String, _ settings: inout SettingReader) -> TemplateText? {
        guard
            let text = settings.value(
                key, form: "a path that begins with a slash", parse: { $0.hasPrefix("/") ? $0 : nil })
        else { return nil }
        return template(key, text, &settings)
    }

    private static func template(_ key: String, _ settings: inout SettingReader) -> TemplateText? {
        settings.text(key).flatMap { template(key, $0, &settings) }
    }

    private static func template(_ key: String, of node: SettingNode, _ settings: inout SettingReader) -> TemplateText?
    {
        guard case .scalar(let text, _) = node.value else {
            settings.note(key, "is \(node.kind); give one value")
            return nil
        }
        return template(key, text, &settings)
    }

    private static func template(_ key: String, _ text: String, _ settings: inout SettingReader) -> TemplateText? {
        do {
            return try TemplateText(text)
        } catch {
            let known = Placeholder.allCases.map(\.rawValue)
            let suggestion = NearestWord.suggestion(for: error.name, among: known, as: "placeholder")
            settings.note(key, "“{\(PrintableText(error.name).text)}” \(suggestion)")
            return nil
        }
    }
}
