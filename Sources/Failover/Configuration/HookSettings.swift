import DNSModel

/// Programs that are told of changes, and may forbid one.
package struct HookSettings: Hashable, Sendable {
    package enum Stage: String, Hashable, Sendable, CaseIterable {
        /// A change was decided. A program that fails forbids it.
        case before
        /// The service has taken the change.
        case after
        /// It has arrived everywhere.
        case converged
        /// It has not arrived when it had to.
        case stuck
        /// A person should know something, which need be no change.
        case alert
    }

    package struct Hook: Hashable, Sendable {
        package let program: ProgramCall
        package let timeout: Duration

        package init(_ program: ProgramCall, timeout: Duration = .seconds(30)) {
            self.program = program
            self.timeout = timeout
        }
    }

    /// For each stage, in the order in which they are run.
    package private(set) var hooks: [Stage: [Hook]] = [:]

    package init(_ hooks: [Stage: [Hook]] = [:]) {
        self.hooks = hooks
    }

    package subscript(stage: Stage) -> [Hook] { hooks[stage] ?? [] }

    /// Those of all schemes first, then a scheme's own.
    static func + (a: HookSettings, b: HookSettings) -> HookSettings {
        HookSettings(a.hooks.merging(b.hooks, uniquingKeysWith: +))
    }
}

extension HookSettings {
    /// Reads `hooks: {before: PROGRAM, after: [PROGRAM, {run: PROGRAM, timeout: 10s}], …}`.
    static func read(_ settings: inout SettingReader) -> HookSettings {
        settings.group("hooks") { settings in
            var hooks: [Stage: [Hook]] = [:]
            for stage in Stage.allCases {
                hooks[stage] = settings.elements(stage.rawValue)?.compactMap { name, node in
                    hook(node, name, &settings)
                }
            }
            return HookSettings(hooks)
        } ?? HookSettings()
    }

    private static func hook(_ node: SettingNode, _ name: String, _ settings: inout SettingReader) -> Hook? {
        settings.nested(node, name, short: "run") { settings in
            let program = settings.required("run", settings.program("run"), form: "a program and its arguments")
            let timeout = settings.duration("timeout", in: .milliseconds(100) ... .seconds(3600))
            settings.finish()
            return program.map { Hook($0, timeout: timeout ?? .seconds(30)) }
        }
    }
}
