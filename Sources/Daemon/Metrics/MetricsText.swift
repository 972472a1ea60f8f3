/// Families in the text format of Prometheus, or in OpenMetrics, which names counters without their suffix and ends with a
/// mark (prometheus.io/docs/instrumenting/exposition_formats, openmetrics.io).
struct MetricsText {
    enum Format: Sendable {
        case prometheus, openMetrics

        /// By the Accept header of who asks.
        init(accept: String?) {
            self = accept?.contains("application/openmetrics-text") == true ? .openMetrics : .prometheus
        }

        var contentType: String {
            switch self {
            case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
            case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
            }
        }
    }

    private(set) var text = ""

    init(_ families: [MetricFamily], _ format: Format = .prometheus) {
        for family in families where !family.samples.isEmpty { append(family, format) }
        if format == .openMetrics { text += "# EOF\n" }
    }

    private mutating func append(_ family: MetricFamily, _ format: Format) {
        let suffix = "_total"
        let isShortened = format == .openMetrics && family.kind == .counter && family.name.hasSuffix(suffix)
        let name = isShortened ? String(family.name.dropLast(suffix.count)) : family.name
        text += "# HELP \(name) \(Self.escaped(family.help, quotes: format == .openMetrics))\n"
        text += "# TYPE \(name) \(family.kind.rawValue)\n"
        for sample in family.samples {
            text += family.name + sample.suffix
            if !sample.labels.isEmpty {
                let labels = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }
                text += "{" + labels.joined(separator: ",") + "}"
            }
            text += " " + Self.number(sample.value) + "\n"
        }
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }

    /// As Go reads it.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        if let whole = Int64(exactly: value) { return String(whole) }
        return String(value)
    }
}
