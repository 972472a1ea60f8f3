import DNSModel

extension ServiceTemplate {
    /// One request with the values of its open places.
    typealias FilledCall = (call: Call, values: RequestValues)

    /// The requests that make a change, in their order, of what was `found`; nil when nobody has looked.
    ///
    /// Single records are replaced and added before others are taken away: the name is never without any.
    func calls(for change: RRsetChange, found: FoundRRset?, with values: RequestValues) -> [FilledCall] {
        var values = values
        let ttl = change.ttl ?? found?.ttl ?? defaultTTL
        values[.ttl] = "\(ttl)"
        values.set(change.new, as: self)
        let retimes = change.ttl != nil && change.ttl != found?.ttl
        switch writing {
        case .rrsets(let set, let create, let setTTL, let remove):
            if change.new.isEmpty { return remove.map { [($0, values)] } ?? [] }
            if let create, found?.values.isEmpty ?? true { return [(create, values)] }
            let sets = found?.values != change.new || setTTL == nil ? [set] : []
            let times = retimes ? [setTTL].compactMap(\.self) : []
            return (sets + times).map { ($0, values) }
        case .records(let add, let replace, let remove):
            let records = found?.records ?? []
            var spare = records.filter { !change.new.contains($0.data) }
            var calls: [FilledCall] = []
            if retimes { calls += records.filter { change.new.contains($0.data) }.map { filled(replace, values, $0) } }
            for data in change.new.subtracting(records.map(\.data)).sorted() {
                let record = FoundRRset.Record(id: spare.isEmpty ? "" : spare.removeFirst().id, data: data)
                calls.append(filled(record.id.isEmpty ? add : replace, values, record))
            }
            return calls + spare.map { filled(remove, values, $0) }
        }
    }

    private func filled(_ call: Call, _ values: RequestValues, _ record: FoundRRset.Record) -> FilledCall {
        var values = values
        values[.recordID] = record.id
        values[.value] = record.data.written(textForm)
        return (call, values)
    }
}

extension RequestValues {
    /// Sets the placeholders that stand for all values, and for a single one.
    fileprivate mutating func set(_ data: Set<RecordData>, as template: ServiceTemplate) {
        let texts = data.sorted().map { $0.written(template.textForm) }
        self[.value] = texts.first ?? ""
        self[.valuesJSON] = JSONText.list(texts.map { .string($0) }).text
        let elements = texts.map { text in
            var values = self
            values[.value] = text
            return template.element.filled(values, as: .json)
        }
        self[.elementsJSON] = "[\(elements.joined(separator: ", "))]"
    }
}

extension RecordData {
    /// As services take it: names end with a dot.
    func written(_ form: ServiceTemplate.TextForm) -> String {
        name?.absolute ?? (form == .plain ? characterStrings : text)
    }
}
