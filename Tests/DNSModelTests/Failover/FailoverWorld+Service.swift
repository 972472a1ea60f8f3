import DNSModel
import FoundationEssentials
import TestSupport

extension FailoverWorld {
    /// A service and its name servers, which take its changes one after another.
    struct Service {
        enum Mood {
            case works
            /// It takes the change, and its answer is lost.
            case losesReply
            case losesRequest
            case fails(retryAfter: Duration?)
            case refuses
        }

        /// A call as the service's own log has it.
        struct Call {
            let at: Date
            let plan: ChangePlan
            let isTaken: Bool
            /// The service had it already.
            let isNeedless: Bool
        }

        var values: [RecordType: Set<RecordData>]
        /// Seconds until each name server has a change.
        var delays: [Double] = [0.5]
        var latency = 0.2
        var mood: (inout SplitMix) -> Mood = { _ in .works }
        private(set) var log: [Call] = []
        private var past: [(at: Date, values: [RecordType: Set<RecordData>])]

        init(_ values: [RecordType: Set<RecordData>]) {
            self.values = values
            past = [(.distantPast, values)]
        }

        var taken: [Call] { log.filter(\.isTaken) }

        mutating func set(_ new: [RecordType: Set<RecordData>], at now: Date) {
            values.merge(new) { $1 }
            past.append((now, values))
        }

        mutating func call(
            _ plan: ChangePlan, traits: ProviderTraits, at now: Date, _ generator: inout SplitMix
        ) -> PublishOutcome {
            let mood = mood(&generator)
            switch mood {
            case .losesRequest: return .failed(.uncertain("the connection broke"))
            case .fails(let wait):
                note(plan, isTaken: false, at: now)
                return .failed(.temporary("HTTP 503", retryAfter: wait))
            case .refuses:
                note(plan, isTaken: false, at: now)
                return .failed(.permanent("badauth"))
            case .works, .losesReply: break
            }
            if traits.comparesAndSets,
                let change = plan.changes.first(where: { $0.old != nil && $0.old != values[$0.type] })
            {
                note(plan, isTaken: false, at: now)
                return .failed(.conflict("something else is there", found: values[change.type] ?? []))
            }
            note(plan, isTaken: true, at: now)
            set(Dictionary(uniqueKeysWithValues: plan.changes.map { ($0.type, $0.new) }), at: now)
            if case .losesReply = mood { return .failed(.uncertain("the connection broke")) }
            return .answered(plan.changes.map { _ in .success(ProviderReply("good")) })
        }

        private mutating func note(_ plan: ChangePlan, isTaken: Bool, at now: Date) {
            let isNeedless = plan.changes.allSatisfy { values[$0.type] ?? [] == $0.new }
            log.append(Call(at: now, plan: plan, isTaken: isTaken, isNeedless: isNeedless))
        }

        /// What the name servers say.
        func view(_ types: [RecordType], at now: Date) -> AuthorityView {
            AuthorityView(
                Dictionary(
                    uniqueKeysWithValues: types.map { type in
                        let answers = Set(delays.map { served(type, delay: $0, at: now) })
                        return (type, answers.count == 1 ? .agreed(answers.first ?? []) : .mixed(answers))
                    }))
        }

        private func served(_ type: RecordType, delay: Double, at now: Date) -> Set<RecordData> {
            past.last { $0.at.addingTimeInterval(delay) <= now }?.values[type] ?? []
        }
    }
}
