import DNSModel

/// One number of a run, printed as `name=value`.
struct Figure {
    let name: String
    let text: String

    init(_ name: String, _ value: Int) {
        self.name = name
        text = String(value)
    }

    /// Shown to a thousandth.
    init(_ name: String, _ value: Double) {
        self.name = name
        let thousandths = Int((value * 1000).rounded())
        let fraction = String(1000 + abs(thousandths) % 1000).dropFirst()
        text = "\(thousandths < 0 ? "-" : "")\(abs(thousandths) / 1000).\(fraction)"
    }

    static func print(_ figures: [Figure]) {
        Swift.print(figures.map { "\($0.name)=\($0.text)" }.joined(separator: " "))
    }
}

extension Duration {
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
