import DNSModel

extension TemplateLookup {
    init?(reading settings: inout SettingReader) {
        let path = settings.requestText("path", as: .path, known: Placeholder.common)
        let values = settings.pointer("values")
        let form = "a JSON pointer to the record's value or values, such as /records"
        let list = settings.pointer("list")
        let id = settings.pointer("id")
        let value = settings.pointer("value")
        let ttl = settings.pointer("ttl")
        let absent = ReplyRule.rules("absent", reading: &settings)
        let conditions = Self.conditions(reading: &settings)
        guard let path = settings.required("path", path, form: "what stands behind url, such as /records/{sub}"),
            let values = settings.required("values", values, form: form)
        else { return nil }
        self.init(
            path: path, absent: absent, list: list, conditions: conditions, id: id, values: values, value: value,
            ttl: ttl)
    }

    private static func conditions(reading settings: inout SettingReader) -> [Condition] {
        settings.group("where") { settings in
            settings.keys.compactMap { pointer in
                guard pointer.hasPrefix("/") else {
                    _ = settings.node(pointer)
                    settings.note(pointer, "is no JSON pointer; give one such as /name")
                    return nil
                }
                let text = settings.requestText(pointer, as: .plain, known: Placeholder.common)
                return text.map { Condition(pointer: pointer, text: $0) }
            }
        } ?? []
    }
}

extension TemplatePoll {
    init?(reading settings: inout SettingReader) {
        let known = Placeholder.common.union([.pollID])
        let path = settings.requestText("path", as: .path, known: known)
        let id = settings.pointer("id")
        let state = settings.pointer("state")
        let done = settings.values("done", form: "words for what is done") { $0 }
        let failed = settings.values("failed", form: "words for what has failed") { $0 }
        let limit = settings.duration("limit", in: .seconds(1)...(.seconds(600)))
        let pathForm = "where the state is asked for, such as /actions/{poll_id}"
        guard let path = settings.required("path", path, form: pathForm),
            let id = settings.required("id", id, form: "a JSON pointer to what is polled, such as /action/id"),
            let state = settings.required("state", state, form: "a JSON pointer to the state, such as /action/status"),
            let done = settings.required("done", done, form: "the words for what is done")
        else { return nil }
        self.init(path: path, id: id, state: state, done: done, failed: failed ?? [])
        if let limit { self.limit = limit }
    }
}
