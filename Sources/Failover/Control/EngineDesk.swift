import DNSModel
import FoundationEssentials

/// Where questions and orders from outside come in, whichever way they came.
package struct EngineDesk: Sendable {
    package let engine: FailoverEngine
    package let journal: any Journal
    package let version: String
    package let started: Date
    package let observesOnly: Bool
    private let describe: @Sendable (SchemeStatus) async -> SchemeStatus
    private let now: @Sendable () -> Date

    /// `describe` adds to a status what the engine does not know.
    package init(
        engine: FailoverEngine, journal: any Journal, version: String, observesOnly: Bool,
        describe: @escaping @Sendable (SchemeStatus) async -> SchemeStatus = { $0 },
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.describe = describe
        self.engine = engine
        self.journal = journal
        self.version = version
        self.observesOnly = observesOnly
        self.now = now
        started = now()
    }

    package func status(process: Int32) async -> EngineStatus {
        var schemes: [SchemeStatus] = []
        for engine in await engine.schemes { schemes.append(await describe(engine.status(at: now()))) }
        return EngineStatus(
            version: version, process: process, started: started, observesOnly: observesOnly,
            journalProblem: await journal.problem(), schemes: schemes)
    }

    package func snapshot(of name: SchemeName) async -> SchemeSnapshot? {
        guard let snapshot = await engine[name]?.snapshot(at: now()) else { return nil }
        return SchemeSnapshot(
            status: await describe(snapshot.status), reports: snapshot.reports, convergence: snapshot.convergence)
    }

    package func status(of name: SchemeName) async -> SchemeStatus? {
        guard let status = await engine[name]?.status(at: now()) else { return nil }
        return await describe(status)
    }

    /// What would follow if the order were given; nothing is ordered.
    package func forecast(
        _ request: OrderRequest, to name: SchemeName?
    ) async throws(OrderProblem) -> ForecastPage {
        let now = now()
        let order = try request.order(at: now)
        var forecasts: [Forecast] = []
        for engine in await engine.schemes {
            let controller = await engine.controller
            guard name == nil || controller.scheme.name == name else { continue }
            forecasts.append(Forecast(of: order, to: controller, at: now))
        }
        if let name, forecasts.isEmpty { throw OrderProblem(await engine.unknown(name)) }
        return ForecastPage(forecasts)
    }

    /// Gives an order to a scheme, or to all of them; throws why not. What was ordered is in the journal by then.
    package func order(_ request: OrderRequest, to name: SchemeName?) async throws(OrderProblem) {
        let order = try request.order(at: now())
        var names: [SchemeName] = []
        if let name { names = [name] } else { names = await engine.names }
        for name in names {
            if let refusal = await engine.order(order, to: name) { throw OrderProblem(refusal) }
        }
    }
}

extension SchemeEngine {
    /// How the scheme is now.
    package func status(at now: Date) -> SchemeStatus {
        SchemeStatus(of: controller, reports: Array(reports.values), at: now)
    }

    /// The same, with what the servers said.
    package func snapshot(at now: Date) -> SchemeSnapshot {
        SchemeSnapshot(
            status: status(at: now), reports: reports.sorted { $0.key < $1.key }.map(\.value), convergence: convergence)
    }
}

extension FailoverEngine {
    package var names: [SchemeName] {
        get async {
            var names: [SchemeName] = []
            for engine in schemes { names.append(await engine.controller.scheme.name) }
            return names
        }
    }
}
