import DNSModel
import FoundationEssentials
import TestSupport

/// A world of its own for one controller: servers whose health changes, a service that may fail, name servers that take
/// changes late, and a program that may end at any moment and is started again.
struct FailoverWorld {
    var settings: Settings
    var service: Service
    private(set) var controller: FailoverController
    private(set) var now = Date.start
    private(set) var journal: [FailoverOccurrence] = []
    /// What each event of the journal gave.
    private(set) var actions: [[FailoverAction]] = []
    /// For each plan, the controller that decided it.
    private(set) var decisions: [Decision] = []
    private(set) var crashes = 0
    private var generator: SplitMix
    private var kept: FailoverMemory
    private var queue: [Item] = []
    private var order = 0
    private var number: Int64 = 0
    /// What was on its way to a program that has ended does not arrive.
    private var incarnation = 0
    private var wakeTime: Date?

    struct Settings {
        var checkInterval = 20.0
        var lookLatency = 0.05
        /// Chance that the program ends at an event.
        var crashChance = 0.0
        var restartTime = 3.0
        var timing = FailoverTiming()
        var health: (ServerName, Date) -> CheckResult
    }

    struct Decision {
        let at: Date
        let plan: ChangePlan
        let controller: FailoverController
    }

    private struct Item {
        enum Kind {
            case check(ServerName)
            case answer(FailoverEvent)
            case look
            case call(ChangePlan)
            case wake
            case restart
        }

        let at: Date
        let order: Int
        let incarnation: Int
        let kind: Kind
    }

    init(scheme: Scheme, traits: ProviderTraits, service: Service, settings: Settings, seed: UInt64) {
        self.settings = settings
        self.service = service
        generator = SplitMix(seed: seed)
        kept = FailoverMemory()
        controller = FailoverController(scheme: scheme, traits: traits, timing: settings.timing)
        schedule(.answer(.tick), after: 0)
        for name in scheme.servers.map(\.name) + scheme.canaries {
            schedule(.check(name), after: Double.random(in: 0..<settings.checkInterval, using: &generator))
        }
    }

    /// Has the program begin with a memory of earlier times.
    mutating func start(with memory: FailoverMemory) {
        kept = memory
        controller = FailoverController(
            scheme: controller.scheme, traits: controller.traits, memory: memory, timing: settings.timing)
    }

    /// Lets the time pass.
    mutating func run(for seconds: Double) {
        let end = now.addingTimeInterval(seconds)
        while let next = queue.last, next.at <= end {
            queue.removeLast()
            now = max(now, next.at)
            happen(next)
        }
        now = end
    }

    /// Tells the controller something that has just happened.
    mutating func tell(_ event: FailoverEvent) {
        number += 1
        let occurrence = FailoverOccurrence(number: ChangeNumber(number), at: now, event: event)
        let crash = crash()
        let new = controller.handle(event, at: now, number: occurrence.number)
        if crash == .beforeKeeping { return end() }
        journal.append(occurrence)
        actions.append(new)
        kept = controller.memory
        if crash == .beforeActing { return end() }
        new.forEach { perform($0) }
        if crash == .afterActing { end() }
    }

    private enum Crash: CaseIterable { case beforeKeeping, beforeActing, afterActing }

    private mutating func crash() -> Crash? {
        guard Double.random(in: 0..<1, using: &generator) < settings.crashChance else { return nil }
        return Crash.allCases.randomElement(using: &generator)
    }

    private mutating func end() {
        crashes += 1
        // A call that was sent has reached the service, or never will.
        for item in queue where item.incarnation == incarnation {
            if case .call(let plan) = item.kind, Bool.random(using: &generator) {
                _ = service.call(plan, traits: controller.traits, at: now, &generator)
            }
        }
        incarnation += 1
        schedule(.restart, after: settings.restartTime)
    }

    private mutating func happen(_ item: Item) {
        switch item.kind {
        case .check(let name):
            schedule(.check(name), after: settings.checkInterval)
            if isRunning { tell(.checked(name, settings.health(name, now))) }
        case .restart:
            controller = FailoverController(
                scheme: controller.scheme, traits: controller.traits, memory: kept, timing: settings.timing)
            tell(.tick)
        case _ where item.incarnation != incarnation: break
        case .answer(let event): tell(event)
        case .look: tell(.looked(service.view(controller.types, at: now)))
        case .call(let plan):
            let outcome = service.call(plan, traits: controller.traits, at: now, &generator)
            schedule(.answer(.published(plan.number, outcome)), after: service.latency / 2)
        case .wake where wakeTime == item.at: tell(.tick)
        case .wake: break
        }
    }

    private var isRunning: Bool {
        queue.allSatisfy { if case .restart = $0.kind { false } else { true } }
    }

    private mutating func perform(_ action: FailoverAction) {
        switch action {
        case .look: schedule(.look, after: settings.lookLatency)
        case .publish(let plan):
            decisions.append(Decision(at: now, plan: plan, controller: controller))
            schedule(.call(plan), after: service.latency / 2)
        case .follow(let plan):
            schedule(.answer(.spread(plan.number, .authoritative)), after: 1)
            schedule(.answer(.spread(plan.number, .converged)), after: 30)
        case .wake(let date):
            wakeTime = date
            schedule(.wake, at: date)
        case .alert, .note: break
        }
    }

    private mutating func schedule(_ kind: Item.Kind, after seconds: Double) {
        schedule(kind, at: now.addingTimeInterval(seconds))
    }

    private mutating func schedule(_ kind: Item.Kind, at date: Date) {
        order += 1
        let item = Item(at: date, order: order, incarnation: incarnation, kind: kind)
        let place = queue.firstIndex { ($0.at, $0.order) < (item.at, item.order) } ?? queue.endIndex
        queue.insert(item, at: place)
    }

    /// Makes the service work from now on.
    mutating func repairTheService() { service.mood = { _ in .works } }
}
