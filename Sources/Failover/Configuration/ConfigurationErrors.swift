import DNSModel

/// Everything that is wrong with a configuration, in the order of its lines.
package struct ConfigurationErrors: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was read: the path of a file, or words such as `scheme cat`.
    package let subject: String
    package let problems: [SettingProblem]

    package init(subject: String, problems: [SettingProblem]) {
        self.subject = subject
        self.problems = problems.inOrder
    }

    /// One line for each problem, as compilers write them: `dnsconverge.yaml:12:5: schemes.cat.ttl: …`.
    package var description: String {
        problems.map { $0.line(in: subject) }.joined(separator: "\n")
    }
}

extension SettingProblem {
    /// The problem as one line that names the file and the place in it.
    package func line(in subject: String) -> String {
        let place = place.map { ":\($0.line):\($0.column)" } ?? ""
        let field = field.isEmpty ? "" : "\(field): "
        return "\(subject)\(place): \(field)\(message)"
    }
}

extension [SettingProblem] {
    /// By place; those without one come first, and those of one place stay in their order.
    var inOrder: [SettingProblem] {
        enumerated().sorted { a, b in
            let (first, second) = (a.element.place, b.element.place)
            let left = (first?.line ?? 0, first?.column ?? 0, a.offset)
            return left < (second?.line ?? 0, second?.column ?? 0, b.offset)
        }.map(\.element)
    }
}
