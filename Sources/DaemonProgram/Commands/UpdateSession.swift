import ArgumentParser
import CLI
import DNSModel
import Failover
import FoundationEssentials

/// Tells of an update while it goes on, and in the end.
struct UpdateSession {
    var report: UpdateReport
    private let output: OutputOptions

    init(_ report: UpdateReport, _ output: OutputOptions) {
        self.report = report
        self.output = output
    }

    private var isText: Bool { output.chosenFormat == .text }

    /// A line of the result.
    func say(_ text: String) {
        if isText { StandardStream.output.write(PrintableText(text).text + "\n") }
    }

    func sayReply() {
        guard let reply = report.reply else { return }
        say("\(report.outcome.rawValue): \(reply)")
    }

    func warn(_ text: String) {
        StandardStream.error.write("dnsconverge: \(PrintableText(text).text)\n")
    }

    /// Follows the record; `showing` it as a watch does, else to the zone's servers and in one line.
    mutating func follow(_ watch: RecordWatch, showing: Bool) async throws {
        let reports = showing && isText ? try await watch.follow() : try await watch.followQuietly()
        guard let last = reports.first else { return }
        report.report = last
        report.status = report.outcome == .uncertain ? last.status : max(report.status, last.status)
        report.exitCode = report.status.exitCode
        guard !showing else { return }
        let side = last.convergence.authoritative
        say("\(side.converged) of \(side.total) authoritative addresses have it: \(last.summary)")
    }

    /// The document, where one is wanted, and the code to end with.
    func end() throws -> ExitCode {
        if output.chosenFormat != .text {
            let encoder = PropagationReport.encoder(pretty: false)
            StandardStream.output.write(String(decoding: try encoder.encode(report), as: UTF8.self) + "\n")
        }
        return ExitCode(report.exitCode)
    }
}
