import FoundationEssentials
import Glibc
import Synchronization

/// A program that a test has started; it is killed when this goes.
///
/// Its standard output comes through a pipe, and its standard error by the same way, into a file, or nowhere.
package final class ChildProcess: Sendable {
    package enum Output: Sendable {
        case standardOutput
        case both
        /// With the errors in a file of this name.
        case separate(String)
    }

    private let id: pid_t
    /// Our end of the socket pair that is the program's standard input and output.
    private let channel: Int32
    private let hasEnded = Mutex(false)
    /// What has come and was not yet read, backwards.
    private let buffered = Mutex<[UInt8]>([])

    /// Where a program is, looked for in PATH and in the directories for administrators; nil when it is not installed.
    package static func path(of program: String) -> String? {
        let inherited = getenv("PATH").map { String(cString: $0) } ?? ""
        let directories = inherited.split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin", "/usr/bin"]
        return directories.lazy.map { "\($0)/\(program)" }.first { access($0, X_OK) == 0 }
    }

    package init(
        _ path: String, _ arguments: [String], output kind: Output = .both, environment: [String: String]? = nil
    ) throws {
        // A socket pair rather than pipes: it can be made so that programs started meanwhile never inherit it.
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw SystemCallFailure("socketpair")
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        switch kind {
        case .both: posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
        case .standardOutput: posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        case .separate(let file): posix_spawn_file_actions_addopen(&actions, 2, file, O_WRONLY | O_CREAT, 0o600)
        }
        var process = pid_t()
        let variables = environment?.map { "\($0.key)=\($0.value)" }
        let status = Self.withCStrings([path] + arguments) { arguments in
            guard let variables else { return posix_spawn(&process, path, &actions, nil, arguments, environ) }
            return Self.withCStrings(variables) { posix_spawn(&process, path, &actions, nil, arguments, $0) }
        }
        close(ends[1])
        (id, channel) = (process, ends[0])
        errno = status
        guard status == 0 else { throw SystemCallFailure("posix_spawn \(path)") }
    }

    deinit {
        stop()
        close(channel)
    }

    /// Kills the program unless it has ended already.
    package func stop() {
        hasEnded.withLock { hasEnded in
            guard !hasEnded, id > 0 else { return }
            kill(id, SIGKILL)
            waitpid(id, nil, 0)
            hasEnded = true
        }
    }

    /// Waits for the program's end; its exit code, or -1 when a signal ended it.
    package func exitCode() -> Int32 {
        hasEnded.withLock { hasEnded in
            var status: Int32 = 0
            guard !hasEnded, waitpid(id, &status, 0) == id else { return -1 }
            hasEnded = true
            return status & 0x7F == 0 ? (status >> 8) & 0xFF : -1
        }
    }

    /// Sends a signal to the program, unless it has been waited for.
    package func signal(_ number: Int32) {
        hasEnded.withLock { hasEnded in
            if !hasEnded, id > 0 { kill(id, number) }
        }
    }

    /// Blocks until `count` octets have come; fewer when the program's output ends.
    package func read(_ count: Int) -> [UInt8] {
        var octets: [UInt8] = []
        while octets.count < count, let octet = readOctet() { octets.append(octet) }
        return octets
    }

    /// Blocks until a line with `text` in it has come; false when the output ended without one.
    package func waitForLine(containing text: String) -> Bool {
        while let line = readLine() {
            if line.contains(text) { return true }
        }
        return false
    }

    /// Blocks until a line has come, and gives it without its end; nil when the output ended without one.
    package func readLine() -> String? {
        var line: [UInt8] = []
        while let octet = readOctet() {
            if octet == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            line.append(octet)
        }
        return nil
    }

    package func readAll() -> String {
        var octets: [UInt8] = []
        while let octet = readOctet() { octets.append(octet) }
        return String(decoding: octets, as: UTF8.self)
    }

    package func write(_ octets: some Collection<UInt8>) {
        let octets = Array(octets)
        _ = Glibc.send(channel, octets, octets.count, Int32(MSG_NOSIGNAL))
    }

    /// Nil at the output's end, and after five minutes of silence: a test that waits for ever tells nobody anything.
    private func readOctet() -> UInt8? {
        buffered.withLock { buffered in
            if buffered.isEmpty {
                var ready = pollfd(fd: channel, events: Int16(POLLIN), revents: 0)
                guard poll(&ready, 1, 300_000) == 1 else { return nil }
                buffered = [UInt8](unsafeUninitializedCapacity: 1 << 16) { space, count in
                    count = max(0, Glibc.read(channel, space.baseAddress, space.count))
                }
                buffered.reverse()
            }
            return buffered.popLast()
        }
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeMutableBufferPointer { buffer in
            // Never empty: the terminating nil is always there.
            body(buffer.baseAddress ?? .allocate(capacity: 1))
        }
    }
}
