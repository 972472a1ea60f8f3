import DNSModel
import FoundationEssentials
import Providers

/// One scheme at work: hands events to its controller, keeps what must survive, and performs the actions.
///
/// Events are taken one after the other, in the order in which they came. What takes its time (a look, a provider call, a
/// change that is followed) goes on beside them and comes back as an event.
package actor SchemeEngine {
    private enum Input: Sendable {
        case event(FailoverEvent)
        case provider(any Provider, any ChangeHooks)
        case mark(AsyncStream<Void>.Continuation)
        case stop
    }

    private let parts: EngineParts
    private var provider: any Provider
    private var hooks: any ChangeHooks
    /// All that a status page shows.
    package private(set) var controller: FailoverController
    /// The latest report of each question, by its name and type: of the change that is followed, else of a regular look.
    package private(set) var reports: [String: PropagationReport] = [:]
    package private(set) var convergence: Convergence?

    private let inputs = AsyncStream.makeStream(of: Input.self)
    private var wake: Task<Void, Never>?
    private var following: Task<Void, Never>?
    private var serving: Task<Void, Never>?
    private var callsInFlight = 0
    /// What looks at each question have left for the next one.
    var memories: [Question: GatheredEvidence.Memory] = [:]
    /// A regular look that is under way.
    var looking: Task<[RegularLook.Finding]?, Never>?
    /// Regular looks in a row that have found something critical.
    var criticalLooks = 0
    private var isStopping = false

    package init(
        _ scheme: Scheme, provider: any Provider, hooks: any ChangeHooks = NoHooks(), memory: FailoverMemory?,
        parts: EngineParts
    ) {
        self.parts = parts
        self.provider = provider
        self.hooks = hooks
        controller = FailoverController(
            scheme: scheme, traits: provider.traits, memory: memory ?? FailoverMemory(), timing: parts.timing)
    }

    /// Lets an event happen, behind those before it.
    package nonisolated func post(_ event: FailoverEvent) { inputs.continuation.yield(.event(event)) }

    /// Goes on with other settings.
    package nonisolated func reconfigure(_ scheme: Scheme, provider: any Provider, hooks: any ChangeHooks) {
        inputs.continuation.yield(.provider(provider, hooks))
        inputs.continuation.yield(.event(.configured(scheme, provider.traits)))
    }

    /// Begins nothing any more; `run` returns when the provider call in flight has ended.
    package nonisolated func stop() { inputs.continuation.yield(.stop) }

    /// Returns once everything that was posted before has been taken in, or the engine has ended.
    package nonisolated func settle() async {
        let (passage, pass) = AsyncStream.makeStream(of: Void.self)
        inputs.continuation.yield(.mark(pass))
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in passage {} }
            group.addTask { try? await ContinuousClock().sleep(for: Self.longestSettling) }
            await group.next()
            group.cancelAll()
        }
    }

    private static let longestSettling = Duration.seconds(2)

    /// Why an order cannot be obeyed; nil when it can.
    package func refusal(of order: FailoverOrder) -> String? { controller.refusal(of: order) }

    /// Works until it is stopped, or its task is cancelled.
    package func run() async {
        post(.tick)
        await withDiscardingTaskGroup { group in
            serve(provider)
            for await input in inputs.stream {
                switch input {
                case .event(let event):
                    for action in await take(event) where !isStopping { perform(action, in: &group) }
                    if case .published = event { callsInFlight -= 1 }
                case .provider(let provider, let hooks):
                    (self.provider, self.hooks) = (provider, hooks)
                    serve(provider)
                case .mark(let passage): passage.finish()
                case .stop: isStopping = true
                }
                if isStopping, callsInFlight == 0 { break }
            }
            for task in [wake, following, serving] { task?.cancel() }
            looking?.cancel()
            group.cancelAll()
        }
    }

    /// The new one begins before the old one ends: where both are one server, it goes on.
    private func serve(_ provider: any Provider) {
        let before = serving
        serving = Task { await provider.serve() }
        before?.cancel()
    }

    /// Hands an event to the controller, and keeps what must survive before anything is done because of it.
    private func take(_ event: FailoverEvent) async -> [FailoverAction] {
        let before = controller.memory
        let now = parts.now()
        let number = await parts.numbers.next()
        let actions = controller.handle(event, at: now, number: number)
        if !actions.contains(where: \.isPublish) { await parts.numbers.giveBack(number) }
        var records = actions.compactMap(Self.history)
        if case .published(let number, let outcome) = event { records.insert(.outcome(number, outcome), at: 0) }
        if case .spread(let number, _) = event, let convergence { records.append(.convergence(number, convergence)) }
        let scheme = controller.scheme.name
        let isKept = controller.memory != before
        if isKept { records.append(.memory(controller.memory)) }
        let kept = records.map { JournalRecord(at: now, scheme: scheme, $0) }
        if isKept {
            if actions.contains(where: \.isPublish) { CrashPoints.fromEnvironment.reach(.beforeIntent) }
            await parts.journal.commit(kept)
            if case .published = event { CrashPoints.fromEnvironment.reach(.afterOutcome) }
        } else {
            for record in kept { await parts.journal.note(record) }
        }
        for record in kept { await parts.observer.record(record) }
        parts.observer.changed(scheme)
        return actions
    }

    /// What of an action is for the journal.
    private static func history(_ action: FailoverAction) -> JournalEvent? {
        switch action {
        case .publish(let plan): .intent(plan)
        case .note(let note): .note(note)
        case .alert(let alert): .alert(alert)
        case .look, .follow, .wake: nil
        }
    }
}

// MARK: - Performing actions

extension SchemeEngine {
    private func perform(_ action: FailoverAction, in group: inout DiscardingTaskGroup) {
        switch action {
        case .look:
            let (scheme, nameservers) = (controller.scheme, nameservers)
            group.addTask { [parts] in
                self.post(.looked(await parts.lookout.look(at: scheme, instead: nameservers)))
            }
        case .publish(let plan):
            looking?.cancel()
            callsInFlight += 1
            group.addTask { await self.publish(plan) }
        case .follow(let plan): follow(plan)
        case .alert(let alert):
            let scheme = controller.scheme.name
            group.addTask { [parts] in await parts.observer.alert(alert, of: scheme) }
        case .note: break
        case .wake(let date): setAlarm(date)
        }
    }

    /// The call is not cancelled with us: what was sent is waited for.
    private func publish(_ plan: ChangePlan) async {
        let (provider, hooks, parts) = (provider, hooks, parts)
        let outcome = await Task { await parts.publisher.publish(plan, by: provider, hooks: hooks) }.value
        post(.published(plan.number, outcome))
        await hooks.published(plan, outcome)
        guard let text = await parts.publisher.readBack(plan, after: outcome, by: provider) else { return }
        await parts.journal.note(JournalRecord(at: parts.now(), scheme: plan.scheme, .readBack(plan.number, text)))
    }

    private func setAlarm(_ date: Date) {
        wake?.cancel()
        let (clock, wait) = (parts.clock, max(0, date.timeIntervalSince(parts.now())))
        wake = Task {
            guard (try? await clock.sleep(for: .seconds(wait))) != nil else { return }
            self.post(.tick)
        }
    }

    private func follow(_ plan: ChangePlan) {
        following?.cancel()
        looking?.cancel()
        reports = [:]
        convergence = nil
        let (follower, alias) = (parts.follower, controller.scheme.alias)
        let (nameservers, memories) = (nameservers, memories)
        CrashPoints.fromEnvironment.reach(.following)
        following = Task {
            await follower.follow(plan, alias: alias, nameservers: nameservers, memories: memories) {
                await self.progress($0, of: plan)
            }
        }
    }

    private func progress(_ progress: ChangeFollower.Progress, of plan: ChangePlan) async {
        guard !Task.isCancelled else { return }
        switch progress {
        case .report(let report, let convergence):
            self.convergence = convergence
            await take(report, of: plan.number)
        case .remembered(let question, let memory): memories[question] = memory
        case .spread(let spread, let convergence):
            self.convergence = convergence
            CrashPoints.fromEnvironment.reach(.afterFollowing)
            post(.spread(plan.number, spread))
            await hooks.spread(plan, spread)
            await parts.observer.spread(spread, of: plan, convergence: convergence)
        }
    }

    /// Notes the answers that are others than before; the first ones after a start only where a change is followed.
    func take(_ report: PropagationReport, of change: ChangeNumber?) async {
        let key = "\(report.name) \(report.type)"
        let before = reports[key]
        reports[key] = report
        parts.observer.changed(controller.scheme.name)
        guard before != nil || change != nil else { return }
        let scheme = controller.scheme.name
        for answer in ObservedChange.changes(from: before, to: report) {
            await parts.journal.note(JournalRecord(at: parts.now(), scheme: scheme, .observation(answer, change)))
        }
        if report.hasWrongAuthority, !(before?.hasWrongAuthority ?? false) { await lookAtRival() }
    }

    /// An authoritative server shows what is neither old nor wanted, while a change is followed: the controller hears of it
    /// before its next regular look.
    private func lookAtRival() async {
        let view = await parts.lookout.look(at: controller.scheme, instead: nameservers)
        if !Task.isCancelled { post(.looked(view)) }
    }

    /// Forgets what was asked once and is asked no longer.
    func forgetReports(except questions: [Question]) {
        let asked = Set(questions.map { "\($0.name) \($0.type)" })
        reports = reports.filter { asked.contains($0.key) }
        memories = memories.filter { questions.contains($0.key) }
    }

    /// Where the record is asked for instead of where a delegation leads to.
    var nameservers: [Endpoint] { (provider as? any AuthoritativeProvider)?.nameservers ?? [] }
}

extension PropagationReport {
    fileprivate var hasWrongAuthority: Bool {
        observations.contains { $0.side == .authoritative && $0.verdict == .wrong }
    }
}

extension FailoverAction {
    fileprivate var isPublish: Bool {
        if case .publish = self { true } else { false }
    }
}
