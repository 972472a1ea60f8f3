import DNSModel
import FoundationEssentials

extension SchemeEngine {
    /// Looks at the record everywhere, unless a change is on its way: that is followed, which is the look. A look that is
    /// overtaken by a decision says nothing.
    func look(by regular: RegularLook) async -> PatrolSchedule.Outcome {
        guard let subjects = controller.lookSubjects else { return .skipped }
        let (scheme, memories, nameservers) = (controller.scheme.name, memories, nameservers)
        let task = Task {
            await regular.findings(subjects, of: scheme, memories: memories, instead: nameservers)
        }
        looking = task
        let findings = await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        guard let findings, controller.lookSubjects == subjects else { return .skipped }
        for finding in findings { await take(finding) }
        forgetReports(except: subjects.map(\.question))
        let worst = findings.map(\.report.status).max() ?? .ok
        judgeDrift(findings.map(\.report), worst)
        return worst == .ok ? .well : .trouble
    }

    private func take(_ finding: RegularLook.Finding) async {
        memories[finding.question] = finding.memory
        await take(finding.report, of: nil)
    }

    /// One look may be unlucky: somebody is told when the next one finds the same kind of thing.
    private func judgeDrift(_ reports: [PropagationReport], _ worst: Status) {
        criticalLooks = worst == .critical ? criticalLooks + 1 : 0
        guard criticalLooks != 1 else { return }
        let reasons = reports.flatMap { report in
            report.reasons.filter { $0.status == .critical }.map { "\(report.name) \(report.type): \($0.text)" }
        }
        let drift = reasons.isEmpty ? nil : reasons.joined(separator: "; ")
        if controller.state.drift != drift { post(.watched(drift: drift)) }
    }
}
