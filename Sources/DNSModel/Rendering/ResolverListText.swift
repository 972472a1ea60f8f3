/// The list of resolvers as a table: one entry a row, its further addresses below.
package struct ResolverListText {
    private let list: ResolverList
    private let style: ReportStyle

    package init(_ list: ResolverList, style: ReportStyle) {
        self.list = list
        self.style = style
    }

    package var lines: [String] {
        var table = TextTable([
            .init(title: "id"), .init(title: "operator", minimum: 14), .init(title: "tier"),
            .init(title: "addresses", minimum: 20), .init(title: "filters", minimum: 6, rank: 4),
            .init(title: "ECS", rank: 2), .init(title: "DNSSEC", rank: 3),
            .init(title: "TLS, HTTPS", minimum: 30, rank: 1),
        ])
        for resolver in list.resolvers { table.append(cells(resolver)) }
        let operators = Set(list.resolvers.map(\.operatorID)).count
        let dated = list.updated.map { ", as of \($0)" } ?? ""
        let summary = "\(list.resolvers.count) resolvers of \(operators) operators\(dated)"
        return (table.lines(width: style.width, ellipsis: style.ellipsis) + [StyledText(summary, .quiet)])
            .map { $0.rendered(colour: style.colour) }
    }

    private func cells(_ resolver: Resolver) -> [StyledText] {
        let country = resolver.country.map { " (\($0))" } ?? ""
        let addresses = resolver.addresses + resolver.bootstrap.filter { !resolver.addresses.contains($0) }
        let secure = [resolver.dot.map { "tls://\($0)" }, resolver.doh?.description]
        return [
            StyledText(style.shown(resolver.id), .strong),
            StyledText(style.shown(resolver.operatorName + country)),
            StyledText(resolver.tier?.rawValue ?? ""),
            StyledText(addresses.map(\.description).joined(separator: ", ")),
            StyledText(style.shown(resolver.filtering ?? ""), resolver.filtering == "none" ? .quiet : .plain),
            StyledText(style.shown(resolver.clientSubnet ?? "")),
            StyledText(resolver.validatesDNSSEC.map { $0 ? "yes" : "no" } ?? ""),
            StyledText(style.shown(secure.compactMap(\.self).joined(separator: ", ")), .quiet),
        ]
    }
}
