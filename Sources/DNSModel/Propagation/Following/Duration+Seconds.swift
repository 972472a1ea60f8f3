extension Duration {
    /// Whole and parts, as `Date` counts them.
    package var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
