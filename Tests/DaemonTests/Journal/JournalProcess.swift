import TestSupport

/// A process that writes to a journal as it is told: `Tests/JournalWriter`.
struct JournalProcess {
    let process: ChildProcess

    init(path: String) throws {
        process = try ChildProcess(try BuiltProgram.path(of: "JournalWriter"), [path], output: .standardOutput)
    }

    /// In a mount namespace of its own, where `directory` is a file system in memory of `size` KiB.
    init(path: String, on directory: String, size: Int) throws {
        let writer = try BuiltProgram.path(of: "JournalWriter")
        process = try ChildProcess(
            "/usr/bin/unshare",
            [
                "--user", "--map-root-user", "--mount", "/bin/sh", "-c",
                "mount -t tmpfs -o size=\(size)k none \"$1\" && exec \"$2\" \"$3\"", "sh", directory, writer, path,
            ], output: .standardOutput)
    }

    /// Whether this machine lets us have such namespaces.
    static var canMount: Bool {
        let probe = try? ChildProcess(
            "/usr/bin/unshare", ["--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"])
        return probe?.exitCode() == 0
    }

    /// Gives a command, and waits for the answer.
    func tell(_ command: String) -> String? {
        process.write(Array("\(command)\n".utf8))
        return process.readLine()
    }

    /// Commits until an answer begins with `word`; gives that answer, nil when none of many does.
    func commit(until word: String) -> String? {
        for _ in 0..<5000 {
            guard let answer = tell("commit") else { return nil }
            if answer.hasPrefix(word) { return answer }
        }
        return nil
    }
}

/// The number of a change in `durable 7` or `memory 7 why`.
func changeNumber(_ line: String?) -> Int64? {
    line.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int64($0) }
}
