import CCurl
import Glibc

/// The sole owner of a libcurl easy handle and of all that libcurl reads through it; used on one thread only.
///
/// Options are set without looking at single results: libcurl refuses one only for lack of memory or because it was built
/// without it, and `isUsable` says so once before the handle is used.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private(set) var isUsable = true
    private let functions: UnsafePointer<ccurl_functions>
    private let errorText: UnsafeMutablePointer<CChar>
    private var lists: [UnsafeMutablePointer<curl_slist>] = []

    init?(_ library: CurlLibrary) {
        functions = library.functions
        guard let pointer = functions.pointee.easy_init() else { return nil }
        self.pointer = pointer
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        note(ccurl_set_pointer(functions, pointer, CURLOPT_ERRORBUFFER, errorText))
        // Signals belong to the whole process; the loop's thread takes none, SIGPIPE included.
        set(CURLOPT_NOSIGNAL, 1)
        note(ccurl_set_open_socket(functions, pointer, openSocket))
    }

    deinit {
        functions.pointee.easy_cleanup(pointer)
        for list in lists { functions.pointee.slist_free_all(list) }
        errorText.deallocate()
    }

    func set(_ option: CURLoption, _ value: Int) {
        note(ccurl_set_long(functions, pointer, option, value))
    }

    /// libcurl copies the string; nil takes its default away.
    func set(_ option: CURLoption, _ value: String?) {
        note(ccurl_set_string(functions, pointer, option, value))
    }

    func set(_ option: CURLoption, _ values: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for value in values {
            guard let longer = functions.pointee.slist_append(list, value) else {
                isUsable = false
                break
            }
            list = longer
        }
        if let list { lists.append(list) }
        note(ccurl_set_pointer(functions, pointer, option, list))
    }

    /// Sends `body`, which libcurl copies.
    func setBody(_ body: [UInt8]) {
        // Without an address libcurl would read the body from the standard input.
        guard !body.isEmpty else { return set(CURLOPT_COPYPOSTFIELDS, "") }
        note(ccurl_set_offset(functions, pointer, CURLOPT_POSTFIELDSIZE_LARGE, Int64(body.count)))
        body.withUnsafeBytes { bytes in
            note(ccurl_set_pointer(functions, pointer, CURLOPT_COPYPOSTFIELDS, .init(mutating: bytes.baseAddress)))
        }
    }

    func setBlob(_ option: CURLoption, _ bytes: [UInt8]) {
        note(bytes.withUnsafeBytes { ccurl_set_blob(functions, pointer, option, $0.baseAddress, $0.count) })
    }

    /// Hands what arrives to `callback` together with `context`, which must outlive the transfer.
    func setReceiver(
        _ option: CURLoption, _ contextOption: CURLoption, context: AnyObject, callback: ccurl_write_callback
    ) {
        note(ccurl_set_callback(functions, pointer, option, callback))
        note(ccurl_set_pointer(functions, pointer, contextOption, Unmanaged.passUnretained(context).toOpaque()))
    }

    func number(_ info: CURLINFO) -> Int {
        var value = 0
        return ccurl_get_long(functions, pointer, info, &value) == CURLE_OK ? value : 0
    }

    func text(_ info: CURLINFO) -> String? {
        var value: UnsafePointer<CChar>?
        guard ccurl_get_string(functions, pointer, info, &value) == CURLE_OK else { return nil }
        return value.map { String(cString: $0) }
    }

    /// One of the times that libcurl counts in microseconds.
    func time(_ info: CURLINFO) -> Duration {
        var value: Int64 = 0
        return ccurl_get_offset(functions, pointer, info, &value) == CURLE_OK ? .microseconds(value) : .zero
    }

    /// The fields of the server's certificate as `name:value`; none when no certificates are kept.
    var serverCertificate: [String] {
        var fields: [String] = []
        var next = ccurl_get_certificate(functions, pointer)
        while let field = next {
            if let text = field.pointee.data { fields.append(String(cString: text)) }
            next = UnsafePointer(field.pointee.next)
        }
        return fields
    }

    /// The socket of a connection that was only connected.
    var socket: Int32? {
        var value: curl_socket_t = -1
        guard ccurl_get_socket(functions, pointer, CURLINFO_ACTIVESOCKET, &value) == CURLE_OK, value >= 0 else {
            return nil
        }
        return value
    }

    /// libcurl's own words about the last failure; empty when it left none.
    var lastError: String { String(cString: errorText) }

    func generalReason(_ code: CURLcode) -> String {
        functions.pointee.easy_strerror(code).map { String(cString: $0) } ?? ""
    }

    private func note(_ code: CURLcode) {
        if code != CURLE_OK { isUsable = false }
    }
}

extension EasyHandle {
    /// How a read from, or a write to, a connected handle ended.
    enum Progress: Equatable {
        case octets(Int)
        case wouldBlock
        /// The peer has ended the connection, or it broke.
        case closed
    }

    func send(_ bytes: UnsafeRawBufferPointer) -> Progress {
        var count = 0
        let code = functions.pointee.easy_send(pointer, bytes.baseAddress, bytes.count, &count)
        return progress(code, count)
    }

    func receive(into buffer: UnsafeMutableRawBufferPointer) -> Progress {
        var count = 0
        let code = functions.pointee.easy_recv(pointer, buffer.baseAddress, buffer.count, &count)
        return progress(code, count)
    }

    private func progress(_ code: CURLcode, _ count: Int) -> Progress {
        switch code {
        case CURLE_OK: count > 0 ? .octets(count) : .closed
        case CURLE_AGAIN: .wouldBlock
        default: .closed
        }
    }
}

/// Opens a socket that programs started by hooks and checks do not inherit, and has the kernel break its connection once
/// nobody has acknowledged its octets for 10 s. A kept connection over a path that is gone would otherwise swallow request
/// after request.
private func openSocket(
    _: UnsafeMutableRawPointer?, _: curlsocktype, address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let address = address?.pointee else { return -1 }
    let descriptor = socket(address.family, address.socktype | Int32(SOCK_CLOEXEC.rawValue), address.protocol)
    var milliseconds: Int32 = 10_000
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, &milliseconds, socklen_t(MemoryLayout<Int32>.size))
    return descriptor
}
