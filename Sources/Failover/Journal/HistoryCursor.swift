import FoundationEssentials

/// Where a page of the history ended: behind so many of the events of that time.
///
/// Several things happen at one time, and more happens while somebody reads: neither makes an event come twice or not at all.
package struct HistoryCursor: Hashable, Sendable, CustomStringConvertible {
    package let at: Date
    /// How many of that time were told already.
    package let told: Int

    package init(at: Date, told: Int) {
        self.at = at
        self.told = told
    }

    /// Reads what `description` has written.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "~", omittingEmptySubsequences: false)
        guard parts.count == 2, let seconds = Double(parts[0]), seconds.isFinite, abs(seconds) < 1e12,
            let told = Int(parts[1]), (0...1_000_000).contains(told)
        else { return nil }
        self.init(at: Date(timeIntervalSinceReferenceDate: seconds), told: told)
    }

    /// As dates are kept: any other beginning of time would round.
    package var description: String { "\(at.timeIntervalSinceReferenceDate)~\(told)" }

    /// Behind `records`, the latest first, which themselves began at `start`.
    package init?(after records: [JournalRecord], from start: HistoryCursor?) {
        guard let last = records.last?.at else { return nil }
        let same = records.reversed().prefix { $0.at == last }.count
        self.init(at: last, told: same + (start?.at == last && same == records.count ? start?.told ?? 0 : 0))
    }
}

extension Journal {
    /// A page of the history, the latest first, and where the next one begins; nil when there is none.
    package func page(
        _ query: HistoryQuery, from start: HistoryCursor?
    ) async -> (entries: [HistoryEntry], next: HistoryCursor?) {
        var wider = query
        wider.until = start?.at
        // One more shows whether there is another page.
        wider.limit = query.limit + (start?.told ?? 0) + 1
        let records = await records(wider).dropFirst(start?.told ?? 0)
        let page = Array(records.prefix(query.limit))
        let next = records.count > query.limit ? HistoryCursor(after: page, from: start) : nil
        return (page.compactMap(HistoryEntry.init), next)
    }
}
