/// Who may ask a resolver operator next, so that none is asked more than so many questions within any second.
///
/// The more urgent go first; among those of one urgency who was served longest ago, so that a scheme with much to ask holds
/// up no other; then who came first. Times count from any moment, and never go back.
package struct QueryLedger: Sendable {
    /// Somebody who waits for an operator.
    package struct Ticket: Hashable, Sendable {
        let number: Int
        let lane: String
    }

    fileprivate struct Request {
        let ticket: Ticket
        let asker: QueryAsker
        var wanted: Int
        var granted = 0
    }

    /// What is known of one operator.
    fileprivate struct Lane {
        /// When it was asked within the last second, the oldest first.
        var recent: [Duration] = []
        var waiting: [Request] = []
        /// The larger the later. Forgotten when nobody waits.
        var lastServed: [String: Int] = [:]
        var turn = 0
    }

    /// Questions within a second.
    package private(set) var rate: Int
    private var lanes: [String: Lane] = [:]
    private var lastNumber = 0

    private static let window = Duration.seconds(1)

    package init(rate: Int) {
        self.rate = max(1, rate)
    }

    package mutating func setRate(_ rate: Int) { self.rate = max(1, rate) }

    /// Lets somebody wait who has up to `count` questions for an operator.
    package mutating func request(upTo count: Int, of lane: String, for asker: QueryAsker) -> Ticket {
        lastNumber += 1
        let ticket = Ticket(number: lastNumber, lane: lane)
        lanes[lane, default: Lane()].waiting.append(Request(ticket: ticket, asker: asker, wanted: max(1, count)))
        return ticket
    }

    /// Lets somebody go who does not want to wait any longer.
    package mutating func withdraw(_ ticket: Ticket) {
        lanes[ticket.lane]?.waiting.removeAll { $0.ticket == ticket }
    }

    /// Whose turn it is, and how many of the questions may be asked now: one at least. Who has more asks again.
    package mutating func grants(at now: Duration) -> [(ticket: Ticket, count: Int)] {
        var grants: [(ticket: Ticket, count: Int)] = []
        for name in lanes.keys.sorted() {
            grants += lanes[name]?.grants(rate: rate, window: Self.window, at: now) ?? []
            if lanes[name]?.isIdle ?? true { lanes[name] = nil }
        }
        return grants
    }

    /// When `grants` has something to give next; nil while nobody waits.
    package var nextGrant: Duration? {
        lanes.values.lazy.filter { !$0.waiting.isEmpty }.map { lane in
            lane.recent.count < rate ? .zero : lane.recent[lane.recent.count - rate] + Self.window
        }.min()
    }

    /// How many wait.
    package var waiting: Int { lanes.values.reduce(0) { $0 + $1.waiting.count } }
}

extension QueryLedger.Lane {
    fileprivate mutating func grants(
        rate: Int, window: Duration, at now: Duration
    ) -> [(ticket: QueryLedger.Ticket, count: Int)] {
        recent.removeFirst(recent.prefix { $0 + window <= now }.count)
        while recent.count < rate, let index = next {
            waiting[index].granted += 1
            turn += 1
            lastServed[waiting[index].asker.name] = turn
            recent.append(now)
        }
        let served = waiting.filter { $0.granted > 0 }
        waiting.removeAll { $0.granted > 0 }
        if waiting.isEmpty { lastServed = [:] }
        return served.map { ($0.ticket, $0.granted) }
    }

    /// The one to serve next, of those who may still ask something.
    private var next: Int? {
        waiting.indices.filter { waiting[$0].granted < waiting[$0].wanted }.min { a, b in
            let (a, b) = (waiting[a], waiting[b])
            if a.asker.urgency != b.asker.urgency { return a.asker.urgency > b.asker.urgency }
            let (before, after) = (lastServed[a.asker.name] ?? 0, lastServed[b.asker.name] ?? 0)
            return before == after ? a.ticket.number < b.ticket.number : before < after
        }
    }

    fileprivate var isIdle: Bool { waiting.isEmpty && recent.isEmpty }
}
