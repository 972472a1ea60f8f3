import DNSModel
import Wire

/// Keeps okerr told of the state of each scheme: soon after something has happened, and regularly, since okerr takes an
/// indicator that is silent for bad. Nobody waits for it.
package actor OkerrStates {
    /// A scheme's state, for the project that its notifications name.
    package struct State: Sendable {
        package let scheme: Scheme
        package let push: NotificationSettings.OkerrPush
        package let status: Status
        package let summary: String

        package init(
            _ scheme: Scheme, _ push: NotificationSettings.OkerrPush, _ status: Status, _ summary: String
        ) {
            self.scheme = scheme
            self.push = push
            self.status = status
            self.summary = summary
        }
    }

    /// The state of a scheme; nil when okerr is not to be told of it.
    package typealias Reading = @Sendable (SchemeName) async -> State?

    private let network: Network
    private let sleep: @Sendable (Duration) async throws -> Void
    /// Gets why okerr could not be told, and nil after the first success behind that.
    private let report: @Sendable (String?) async -> Void
    private let wakeUps = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    private var schemes: [SchemeName] = []
    private var changed: Set<SchemeName> = []
    private var pushes: [Project: OkerrStatePush] = [:]
    private var failing: Set<Project> = []
    private var isAllDue = true

    /// A project as it is told: one client each, which remembers what it has sent.
    private struct Project: Hashable {
        let textid: String
        let url: String
        let prefix: String
        let policy: String?

        init(_ push: NotificationSettings.OkerrPush) {
            (textid, url, prefix) = (push.project.textid, push.project.url, push.project.prefix)
            policy = push.policy
        }
    }

    /// The client sends a state that has not changed every five minutes at the most; this is how often it is given the
    /// occasion. It is well within okerr's shortest patience for a heartbeat.
    private static let period = Duration.seconds(60)
    /// What happens at once is told at once.
    private static let gathering = Duration.seconds(1)

    package init(
        network: Network, clock: some Clock<Duration> = .continuous,
        report: @escaping @Sendable (String?) async -> Void
    ) {
        self.network = network
        self.report = report
        sleep = { try await clock.sleep(for: $0) }
    }

    /// Tells of these schemes from now on, by settings that may have changed.
    package func replace(with schemes: [SchemeName]) {
        self.schemes = schemes
        pushes = [:]
        isAllDue = true
        wakeUps.continuation.yield()
    }

    /// Something has happened to a scheme.
    package func note(_ scheme: SchemeName) {
        changed.insert(scheme)
        wakeUps.continuation.yield()
    }

    /// Tells until the task is cancelled.
    package func run(reading: @escaping Reading) async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.beat() }
            for await _ in wakeUps.stream {
                guard (try? await sleep(Self.gathering)) != nil else { return }
                let due = isAllDue ? schemes : schemes.filter(changed.contains)
                (isAllDue, changed) = (false, [])
                await tell(due, reading)
            }
        }
    }

    private func beat() async {
        while (try? await sleep(Self.period)) != nil {
            isAllDue = true
            wakeUps.continuation.yield()
        }
    }

    /// Projects side by side, their schemes one after the other. One that cannot be told waits for the next turn.
    private func tell(_ names: [SchemeName], _ reading: Reading) async {
        var states: [Project: [State]] = [:]
        for name in names {
            if let state = await reading(name) { states[Project(state.push), default: []].append(state) }
        }
        await withTaskGroup(of: (Project, String?).self) { group in
            for (project, states) in states {
                guard let push = push(for: project, states) else { continue }
                group.addTask { (project, await Self.tell(states, by: push)) }
            }
            for await (project, failure) in group where !Task.isCancelled {
                await note(failure, project)
            }
        }
    }

    private static func tell(_ states: [State], by push: OkerrStatePush) async -> String? {
        for state in states {
            if let failure = await push.push(state.scheme, state.status, state.summary) { return failure }
        }
        return nil
    }

    private func push(for project: Project, _ states: [State]) -> OkerrStatePush? {
        if pushes[project] == nil { pushes[project] = states.first.map { OkerrStatePush($0.push, network: network) } }
        return pushes[project]
    }

    private func note(_ failure: String?, _ project: Project) async {
        guard let failure else {
            if failing.remove(project) != nil { await report(nil) }
            return
        }
        if failing.insert(project).inserted { await report(failure) }
    }
}
