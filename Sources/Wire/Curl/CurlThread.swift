import Glibc
import Synchronization

/// The thread on which a driver works, and the inbox through which others give it work.
///
/// Unchecked because of two members: `driver` is used on the thread alone, save for `wake`, which libcurl allows from
/// anywhere; `thread` is written once, before anyone else can see it.
final class CurlThread: @unchecked Sendable {
    typealias Work = @Sendable (CurlDriver) -> Void

    private struct Inbox {
        var work: [Work] = []
        var isOpen = true
    }

    private let inbox = Mutex(Inbox())
    private let driver: CurlDriver
    private var thread = pthread_t()

    init(_ library: CurlLibrary) throws(TransferFailure) {
        guard let driver = CurlDriver(library) else { throw .interrupted("out of memory") }
        self.driver = driver
        let context = Unmanaged.passRetained(self)
        let status = pthread_create(&thread, nil, curlThreadMain, context.toOpaque())
        guard status == 0 else {
            context.release()
            throw .interrupted("no thread for libcurl: \(strerror(status).map { String(cString: $0) } ?? "")")
        }
    }

    /// Has the thread do `work`; false when it has ended or is about to.
    func submit(_ work: @escaping Work) -> Bool {
        inbox.withLock { inbox in
            guard inbox.isOpen else { return false }
            inbox.work.append(work)
            // Under the lock: once the inbox is closed the handle may be gone.
            driver.wake()
            return true
        }
    }

    /// Gives everything up as cancelled, and returns when the thread has ended.
    func stop() {
        let wasOpen = inbox.withLock { inbox in
            defer { inbox.isOpen = false }
            if inbox.isOpen { driver.wake() }
            return inbox.isOpen
        }
        guard wasOpen, pthread_equal(thread, pthread_self()) == 0 else { return }
        pthread_join(thread, nil)
    }

    fileprivate func run() {
        Self.blockSignals()
        while true {
            let (work, isOpen) = inbox.withLock { inbox in
                defer { inbox.work = [] }
                return (inbox.work, inbox.isOpen)
            }
            for item in work { item(driver) }
            guard isOpen else { return driver.shutDown() }
            driver.turn()
        }
    }

    /// Leaves signals to the other threads. That includes the SIGPIPE of a write to a closed connection, which libcurl does
    /// not prevent under CURLOPT_NOSIGNAL; those of a crash stay, so that its handler can run.
    private static func blockSignals() {
        var signals = sigset_t()
        sigfillset(&signals)
        for crash in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] { sigdelset(&signals, crash) }
        pthread_sigmask(SIG_SETMASK, &signals, nil)
    }
}

private func curlThreadMain(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let context { Unmanaged<CurlThread>.fromOpaque(context).takeRetainedValue().run() }
    return nil
}
