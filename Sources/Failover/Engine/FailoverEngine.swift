import DNSModel
import FoundationEssentials
import Providers

/// A scheme with what an engine needs to run it.
package struct EngineScheme: Sendable {
    package let scheme: Scheme
    package let provider: any Provider
    package let hooks: any ChangeHooks

    package init(_ scheme: Scheme, provider: any Provider, hooks: any ChangeHooks = NoHooks()) {
        self.scheme = scheme
        self.provider = provider
        self.hooks = hooks
    }
}

/// All schemes at work.
package actor FailoverEngine {
    private enum Input: Sendable {
        case start(SchemeEngine)
        case stop
    }

    private let parts: EngineParts
    private var memories: [SchemeName: FailoverMemory]
    private var engines: [SchemeName: SchemeEngine] = [:]
    private let inputs = AsyncStream.makeStream(of: Input.self)

    /// `memories` are those of the journal.
    package init(_ parts: EngineParts, memories: [SchemeName: FailoverMemory] = [:]) {
        self.parts = parts
        self.memories = memories
    }

    /// In the order of their names.
    package var schemes: [SchemeEngine] { engines.sorted { $0.key < $1.key }.map(\.value) }

    package subscript(_ name: SchemeName) -> SchemeEngine? { engines[name] }

    /// Runs these schemes from now on: new ones begin, others go on with their settings, and the rest end.
    package func configure(_ wanted: [EngineScheme]) async {
        let names = Set(wanted.map(\.scheme.name))
        for (name, engine) in engines where !names.contains(name) {
            engine.stop()
            memories[name] = await engine.controller.memory
            engines[name] = nil
        }
        for scheme in wanted {
            if let engine = engines[scheme.scheme.name] {
                engine.reconfigure(scheme.scheme, provider: scheme.provider, hooks: scheme.hooks)
            } else {
                start(scheme)
            }
        }
    }

    private func start(_ wanted: EngineScheme) {
        let name = wanted.scheme.name
        let engine = SchemeEngine(
            wanted.scheme, provider: wanted.provider, hooks: wanted.hooks, memory: memories.removeValue(forKey: name),
            parts: parts)
        engines[name] = engine
        inputs.continuation.yield(.start(engine))
    }

    /// Works until it is stopped, or its task is cancelled.
    package func run() async {
        await withDiscardingTaskGroup { group in
            for await input in inputs.stream {
                guard case .start(let engine) = input else { break }
                group.addTask { await engine.run() }
            }
        }
    }

    /// Begins nothing any more; `run` returns when the provider calls in flight have ended.
    package func stop() {
        for engine in engines.values { engine.stop() }
        inputs.continuation.yield(.stop)
    }

    /// Hands a check's result to the schemes that it is about: one of them, or all that name the canary.
    package func deliver(_ result: CheckResult, of server: ServerName, in scheme: SchemeName?) {
        guard let scheme else {
            for engine in engines.values { engine.post(.checked(server, result)) }
            return
        }
        engines[scheme]?.post(.checked(server, result))
    }

    /// Gives an order to a scheme; why not, where that cannot be.
    package func order(_ order: FailoverOrder, to name: SchemeName) async -> String? {
        guard let engine = engines[name] else { return unknown(name) }
        if let refusal = await engine.refusal(of: order) { return refusal }
        engine.post(.ordered(order))
        await engine.settle()
        return nil
    }

    /// What is told of a scheme that there is not.
    func unknown(_ name: SchemeName) -> String {
        let names = engines.keys.sorted().map(\.text).joined(separator: ", ")
        return "there is no scheme “\(name)”" + (names.isEmpty ? "" : "; there are \(names)")
    }
}
