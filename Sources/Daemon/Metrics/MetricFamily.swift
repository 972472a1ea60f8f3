/// Samples of one name, as Prometheus takes them in.
struct MetricFamily: Hashable, Sendable {
    enum Kind: String, Hashable, Sendable {
        case gauge, counter, histogram
    }

    struct Sample: Hashable, Sendable {
        /// What follows the family's name: `_bucket`.
        var suffix = ""
        var labels: [Label]
        var value: Double
    }

    struct Label: Hashable, Sendable {
        let name: String
        let value: String

        init(_ name: String, _ value: String) {
            (self.name, self.value) = (name, value)
        }
    }

    /// With its unit, and `_total` for a counter (prometheus.io/docs/practices/naming).
    let name: String
    let kind: Kind
    let help: String
    private(set) var samples: [Sample] = []

    init(_ name: String, _ kind: Kind, _ help: String) {
        (self.name, self.kind, self.help) = (name, kind, help)
    }

    /// A value that is not known is left out: an absent sample is no measurement, and 0 would be one.
    mutating func add(_ value: Double?, labels: [Label]) {
        if let value { samples.append(Sample(labels: labels, value: value)) }
    }

    mutating func add(_ value: Double?, _ labels: Label...) { add(value, labels: labels) }

    mutating func add(_ value: Bool, _ labels: Label...) {
        samples.append(Sample(labels: labels, value: value ? 1 : 0))
    }

    mutating func add(_ histogram: Histogram, _ labels: Label...) {
        var below = 0
        for (bound, count) in zip(histogram.bounds + [.infinity], histogram.counts) {
            below += count
            let limit = Label("le", MetricsText.number(bound))
            samples.append(Sample(suffix: "_bucket", labels: labels + [limit], value: Double(below)))
        }
        samples.append(Sample(suffix: "_sum", labels: labels, value: histogram.sum))
        samples.append(Sample(suffix: "_count", labels: labels, value: Double(below)))
    }
}
