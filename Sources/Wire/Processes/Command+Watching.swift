import CSys
import Glibc
import Subprocess

/// What was seen of a program while it ran.
struct CommandOutcome: Sendable {
    /// What was kept of a stream.
    struct Kept: Sendable {
        var octets: [UInt8] = []
        var isCut = false
    }

    var output = Kept()
    var errors = Kept()
    var timedOut = false
    var wasCancelled = false
    /// Why its end could not be waited for, so that it was killed at once.
    var watchError: Int32?
}

extension Command {
    /// Reads what the program writes, and sees to it that it ends. While this runs the program may have ended but is not
    /// waited for yet, so its group's number is still its own.
    func watch<Input: InputProtocol>(
        _ execution: Execution<Input, SequenceOutput, SequenceOutput>, until deadline: ContinuousClock.Instant
    ) async -> CommandOutcome {
        async let output = keep(execution.standardOutput)
        async let errors = keep(execution.standardError)
        let process = execution.processIdentifier
        var outcome = CommandOutcome()
        switch await end(of: process.processDescriptor, until: deadline) {
        case .ready: break
        case .timedOut:
            outcome.timedOut = true
            _ = csys_signal_group(process.value, SIGTERM)
            _ = await end(of: process.processDescriptor, until: .now + grace)
            _ = csys_signal_group(process.value, SIGKILL)
        case .cancelled:
            outcome.wasCancelled = true
            _ = csys_signal_group(process.value, SIGKILL)
        case .failed(let number):
            outcome.watchError = number
            _ = csys_signal_group(process.value, SIGKILL)
        }
        // Both end when the program has: whoever else holds its pipes is not waited for.
        (outcome.output, outcome.errors) = await (output, errors)
        return outcome
    }

    private func end(
        of process: Int32, until deadline: ContinuousClock.Instant
    ) async -> DescriptorLoop.Outcome {
        guard let loop = try? DescriptorLoop.shared.get() else { return .failed(0) }
        return await loop.wait(for: .readable, on: process, until: deadline)
    }

    private func keep(_ stream: SubprocessOutputSequence) async -> CommandOutcome.Kept {
        var kept = CommandOutcome.Kept()
        do {
            for try await part in stream {
                let room = outputLimit - kept.octets.count
                part.withUnsafeBytes { kept.octets.append(contentsOf: $0.prefix(room)) }
                kept.isCut = kept.isCut || part.count > room
            }
        } catch {
            // Reading was given up because the program is gone; what came before counts.
        }
        return kept
    }
}
