import CSys
import Glibc
import Subprocess
import SystemPackage

extension Command {
    /// Runs the program to its end. Cancelling the task kills the program and its group.
    ///
    /// It ends with the program, not with the last holder of its output: what a program leaves in the background neither
    /// holds this up nor is ended, unless the time is over.
    package func run() async throws(CommandFailure) -> CommandResult {
        guard !Task.isCancelled else { throw .cancelled }
        let configuration = try configuration()
        let input = try inputFile()
        let start = ContinuousClock.now
        let deadline = start + timeout
        do {
            let result = try await Subprocess.run(
                configuration, input: .fileDescriptor(input, closeAfterSpawningProcess: true), output: .sequence,
                error: .sequence
            ) { execution in
                await watch(execution, until: deadline)
            }
            let outcome = result.closureResult
            guard !outcome.wasCancelled else { throw CommandFailure.cancelled }
            if let number = outcome.watchError {
                throw CommandFailure.cannotStart("\(self): its end cannot be waited for: \(systemMessage(number))")
            }
            return CommandResult(
                ending: outcome.timedOut ? .timedOut : CommandResult.Ending(result.terminationStatus),
                output: outcome.output.octets, errors: outcome.errors.octets,
                isCut: outcome.output.isCut || outcome.errors.isCut, duration: .now - start)
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            guard !Task.isCancelled else { throw .cancelled }
            throw .cannotStart(refusal(error))
        }
    }

    private func configuration() throws(CommandFailure) -> Configuration {
        guard let program = arguments.first, !program.isEmpty else {
            throw .cannotStart("no program to run: the command is empty")
        }
        guard (arguments + environment.keys + environment.values).allSatisfy({ !$0.utf8.contains(0) }) else {
            throw .cannotStart("\(program): an argument or a variable has a zero octet in it")
        }
        var options = PlatformOptions()
        options.processGroupID = 0
        let variables = environment.map { (Environment.Key(stringLiteral: $0.key), Optional($0.value)) }
        return Configuration(
            executable: program.contains("/") ? .path(FilePath(program)) : .name(program),
            arguments: Arguments(Array(arguments.dropFirst())),
            environment: .inherit.updating(Dictionary(uniqueKeysWithValues: variables)), platformOptions: options)
    }

    /// The input as a file rather than a pipe: there is nobody to write into it, and so nobody whom a program that reads
    /// nothing could hold up or break.
    private func inputFile() throws(CommandFailure) -> FileDescriptor {
        let descriptor = csys_memory_file(input, UInt64(input.count))
        guard descriptor >= 0 else {
            throw .cannotStart("\(self): no file for its input: \(systemMessage(-descriptor))")
        }
        return FileDescriptor(rawValue: descriptor)
    }

    private func refusal(_ error: any Error) -> String {
        guard let error = error as? SubprocessError else { return "\(self): cannot be run: \(error)" }
        let reason = error.underlyingError.map { systemMessage($0.rawValue) }
        if error.code == .executableNotFound || error.underlyingError?.rawValue == ENOENT {
            guard !description.contains("/") || access(description, F_OK) != 0 else {
                return "\(self): may not be executed; is it a program (chmod +x)?"
            }
            return "\(self): no such program; give its path, or install it"
        }
        return "\(self): cannot be run: \(reason ?? error.description)"
    }
}

extension CommandResult.Ending {
    fileprivate init(_ status: TerminationStatus) {
        switch status {
        case .exited(let code): self = .exited(code)
        case .signaled(let signal): self = .signaled(signal)
        }
    }
}
