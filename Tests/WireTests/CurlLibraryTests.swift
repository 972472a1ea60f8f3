import Glibc
import Testing

@testable import Wire

@Suite("libcurl is opened when needed, and what is missing is named")
struct CurlLibraryTests {
    @Test("A library that is not there names the package to install")
    func missing() throws {
        let failure = #expect(throws: TransferFailure.self) { try CurlLibrary(opening: "libcurl-of-nobody.so.4") }
        let text = try #require(failure).description
        #expect(text.contains("need libcurl"))
        #expect(text.hasSuffix("install the package libcurl4"))
    }

    @Test("A library that is no libcurl is refused by the first function that it lacks")
    func another() throws {
        let failure = #expect(throws: TransferFailure.self) { try CurlLibrary(opening: "libc.so.6") }
        #expect(try #require(failure).description.contains("libc.so.6 has no curl_global_init"))
    }

    @Test("Its thread leaves all signals to others, SIGPIPE included, but for those of a crash")
    func signals() async throws {
        let thread = try CurlThread(try CurlLibrary.shared.get())
        defer { thread.stop() }
        let blocked: Set<Int32> = await withCheckedContinuation { continuation in
            let isSubmitted = thread.submit { _ in
                var mask = sigset_t()
                pthread_sigmask(SIG_BLOCK, nil, &mask)
                continuation.resume(returning: Set((1...31).filter { sigismember(&mask, $0) == 1 }))
            }
            #expect(isSubmitted)
        }
        #expect(blocked.isSuperset(of: [SIGPIPE, SIGINT, SIGTERM, SIGALRM, SIGCHLD]))
        #expect(blocked.isDisjoint(with: [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV]))
    }

    @Test("A thread that was stopped takes no more work")
    func stopped() throws {
        let thread = try CurlThread(try CurlLibrary.shared.get())
        thread.stop()
        #expect(!thread.submit { _ in })
        thread.stop()
    }

    static let durations: [(Duration, Int)] = [
        (.zero, 0), (.milliseconds(1), 1), (.microseconds(1), 1), (.microseconds(1001), 2), (.seconds(-1), 0),
        (.nanoseconds(-1), 0), (.seconds(3), 3000), (.seconds(Int64.max), (1 << 40) * 1000),
    ]

    @Test("A wait is rounded up to milliseconds, and never overflows", arguments: durations)
    func milliseconds(duration: Duration, expected: Int) {
        #expect(duration.roundedUpMilliseconds == expected)
    }
}
