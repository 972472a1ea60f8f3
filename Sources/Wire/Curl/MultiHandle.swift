import CCurl
import Glibc

/// The sole owner of a libcurl multi handle. Only `wake` may be called from another thread than the loop's.
struct MultiHandle: ~Copyable {
    private let pointer: UnsafeMutableRawPointer
    private let functions: UnsafePointer<ccurl_functions>

    init?(_ library: CurlLibrary) {
        functions = library.functions
        guard let pointer = functions.pointee.multi_init() else { return nil }
        self.pointer = pointer
        // The default, four times the handles at work, would close the resolvers' idle connections after each round.
        _ = ccurl_set_multi_long(functions, pointer, CURLMOPT_MAXCONNECTS, 512)
    }

    deinit { _ = functions.pointee.multi_cleanup(pointer) }

    func add(_ easy: EasyHandle) -> Bool { functions.pointee.multi_add_handle(pointer, easy.pointer) == CURLM_OK }

    func remove(_ easy: EasyHandle) { _ = functions.pointee.multi_remove_handle(pointer, easy.pointer) }

    func perform() {
        var running: Int32 = 0
        _ = functions.pointee.multi_perform(pointer, &running)
    }

    /// The next handle that has finished, and how.
    func nextFinished() -> (easy: UnsafeMutableRawPointer, code: CURLcode)? {
        var left: Int32 = 0
        while let message = functions.pointee.multi_info_read(pointer, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            return (easy, ccurl_message_result(message))
        }
        return nil
    }

    /// Sleeps until a transfer or one of `extra` is ready, `timeout` has passed, or `wake` is called.
    func poll(_ extra: inout [curl_waitfd], timeout: Duration) {
        var ready: Int32 = 0
        let milliseconds = Int32(clamping: timeout.roundedUpMilliseconds)
        _ = functions.pointee.multi_poll(pointer, &extra, UInt32(extra.count), milliseconds, &ready)
    }

    func wake() { _ = functions.pointee.multi_wakeup(pointer) }
}

extension Duration {
    /// Whole milliseconds, rounded up so that whoever sleeps does not wake just before the time; 0 when negative.
    var roundedUpMilliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let fraction = Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
        return Int(clamping: min(seconds, 1 << 40)) * 1000 + fraction
    }
}
