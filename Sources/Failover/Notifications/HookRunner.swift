import DNSModel
import Wire

/// Runs the hooks of changes: for one scheme one at a time, in the order of its events.
package actor HookRunner {
    package enum Outcome: Hashable, Sendable {
        /// All have run; what failed on the way is told, but forbids nothing.
        case done(failures: [String])
        /// A hook has forbidden the change, and why.
        case vetoed(String)
    }

    private struct Lane {
        var isBusy = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// Nil for what concerns all schemes.
    private var lanes: [SchemeName?: Lane] = [:]
    private var number: Int64

    /// `number` is the one of the first call; it should be larger than any before, those of earlier runs included.
    package init(firstNumber number: Int64) {
        self.number = number
    }

    /// Runs the stage's hooks in their order. The first of the stage `before` that does not end with 0 forbids the change,
    /// and those behind it are not run.
    package func run(_ hooks: HookSettings, for event: HookEvent) async -> Outcome {
        let stage = hooks[event.stage]
        guard !stage.isEmpty else { return .done(failures: []) }
        let number = number
        self.number += 1
        await enter(event.scheme)
        defer { leave(event.scheme) }
        let input = Array((event.json(number: number).text + "\n").utf8)
        var failures: [String] = []
        for hook in stage {
            guard let failure = await Self.run(hook, input: input, event) else { continue }
            if event.stage == .before { return .vetoed(failure) }
            failures.append(failure)
        }
        return .done(failures: failures)
    }

    /// Why a hook failed; nil when it has not.
    private static func run(_ hook: HookSettings.Hook, input: [UInt8], _ event: HookEvent) async -> String? {
        let command = Command(
            [hook.program.path] + hook.program.arguments,
            environment: [
                "DNSCONVERGE_STAGE": event.stage.rawValue, "DNSCONVERGE_SCHEME": event.scheme?.text ?? "",
                "DNSCONVERGE_NAME": event.record?.description ?? "",
            ], input: input, timeout: hook.timeout)
        do throws(CommandFailure) {
            let result = try await command.run()
            guard result.ending != .exited(0) else { return nil }
            let said = [result.outputText, result.errorText].map { PluginOutput($0).text }.first { !$0.isEmpty }
            return "\(hook.program.path): \(said ?? "no reason given") (\(result.ending.text(hook.timeout)))"
        } catch {
            return "\(hook.program.path): \(error)"
        }
    }

    private func enter(_ scheme: SchemeName?) async {
        guard lanes[scheme]?.isBusy == true else {
            lanes[scheme, default: Lane()].isBusy = true
            return
        }
        await withCheckedContinuation { lanes[scheme, default: Lane()].waiting.append($0) }
    }

    /// Hands the lane to who has waited longest.
    private func leave(_ scheme: SchemeName?) {
        guard var lane = lanes[scheme] else { return }
        if lane.waiting.isEmpty {
            lanes[scheme] = nil
        } else {
            let next = lane.waiting.removeFirst()
            lanes[scheme] = lane
            next.resume()
        }
    }
}

extension CommandResult.Ending {
    fileprivate func text(_ timeout: Duration) -> String {
        switch self {
        case .exited(let code): "exit status \(code)"
        case .signaled(let number): "ended by signal \(number)"
        case .timedOut: "ended after \(timeout.settingText), its time was over"
        }
    }
}
