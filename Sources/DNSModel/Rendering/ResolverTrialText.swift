/// How resolvers did in their trials: a row for each address, and below them what was wrong.
package struct ResolverTrialText {
    private let trials: [ResolverTrial]
    private let style: ReportStyle

    package init(_ trials: [ResolverTrial], style: ReportStyle) {
        self.trials = trials
        self.style = style
    }

    package var lines: [String] {
        let table = table.lines(width: style.width, ellipsis: style.ellipsis)
        return (table + problemLines + [StyledText(), summary]).map { $0.rendered(colour: style.colour) }
    }

    private static let claims: [(claim: ResolverTrial.Claim, title: String)] = [
        (.udp, "UDP"), (.tcp, "TCP"), (.tls, "TLS"), (.https, "HTTPS"), (.nxdomain, "NXDOMAIN"),
        (.identity, "identity"), (.dnssec, "DNSSEC"),
    ]

    private var table: TextTable {
        var table = TextTable(
            [TextTable.Column(title: "id"), TextTable.Column(title: "address", minimum: 15)]
                + Self.claims.map { TextTable.Column(title: $0.title) })
        for trial in trials {
            for (index, address) in trial.addresses.enumerated() {
                let id = StyledText(index == 0 ? style.shown(trial.resolver.id) : "", .strong)
                let cells = Self.claims.map { cell(trial.checks.first(of: $0.claim, at: address)) }
                table.append([id, StyledText(address.description)] + cells)
            }
            guard trial.addresses.isEmpty else { continue }
            let nowhere = StyledText("nowhere to ask from here", .quiet)
            table.append(
                [StyledText(style.shown(trial.resolver.id), .strong), nowhere] + Self.claims.map { _ in .init() })
        }
        return table
    }

    private func cell(_ check: ResolverTrial.Check?) -> StyledText {
        switch check?.outcome {
        case .holds(let rtt): StyledText("\(Verdict.converged.mark(style)) \(rtt.text)", .good)
        case .broken: StyledText("\(Verdict.wrong.mark(style)) no", .bad)
        case .unclear: StyledText("?", .quiet)
        case nil: StyledText()
        }
    }

    private var problemLines: [StyledText] {
        let problems = trials.flatMap { trial in
            trial.checks.compactMap { check in problem(check, of: trial.resolver) }
        }
        return problems.isEmpty ? [] : [StyledText(), StyledText("What was seen", .strong)] + problems.joined()
    }

    private func problem(_ check: ResolverTrial.Check, of resolver: Resolver) -> [StyledText]? {
        let reason: String
        switch check.outcome {
        case .holds: return nil
        case .broken(let what): reason = what
        case .unclear(let what):
            guard style.verbosity > 0 else { return nil }
            reason = what
        }
        let text = style.shown("\(resolver.id), \(check.claim.rawValue) at \(check.endpoint.address): \(reason)")
        return text.wrapped(to: style.width - 2).enumerated().map { StyledText(($0 == 0 ? "  " : "    ") + $1) }
    }

    private var summary: StyledText {
        let statuses = Dictionary(grouping: trials, by: \.status)
        let counts = [Status.ok, .warning, .critical, .unknown].compactMap { status in
            statuses[status].map { "\($0.count) \(status.rawValue)" }
        }
        let status = ResolverTrial.status(of: trials)
        let number = "\(trials.count) resolver\(trials.count == 1 ? "" : "s")"
        return StyledText(status.rawValue, status.tone) + StyledText("  \(number): ")
            + StyledText(counts.joined(separator: ", "))
    }
}

extension ResolverTrial {
    /// Every address that was tried, in the list's order.
    fileprivate var addresses: [IPAddress] {
        var addresses: [IPAddress] = []
        for check in checks where !addresses.contains(check.endpoint.address) {
            addresses.append(check.endpoint.address)
        }
        return addresses
    }

    /// One object, for scripts.
    package var json: JSONText {
        let checks = checks.map { check in
            let outcome: (String, String?) =
                switch check.outcome {
                case .holds: ("holds", nil)
                case .broken(let reason): ("broken", reason)
                case .unclear(let reason): ("unclear", reason)
                }
            var members: [(key: String, value: JSONText)] = [
                ("claim", .string(check.claim.rawValue)), ("endpoint", .string(check.endpoint.description)),
                ("address", .string(check.endpoint.address.description)), ("outcome", .string(outcome.0)),
            ]
            if let reason = outcome.1 { members.append(("reason", .string(reason))) }
            return JSONText.object(members)
        }
        return .object([
            ("id", .string(resolver.id)), ("status", .string(status.rawValue)), ("checks", .list(checks)),
        ])
    }
}

extension [ResolverTrial.Check] {
    fileprivate func first(of claim: ResolverTrial.Claim, at address: IPAddress) -> Element? {
        first { $0.claim == claim && $0.endpoint.address == address }
    }
}
