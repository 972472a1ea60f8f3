import CCurl
import Glibc

/// libcurl, opened when it is first needed, so that whatever does without it starts without it.
struct CurlLibrary: @unchecked Sendable {
    /// Unchecked because of the pointer: the table behind it is never written again, nor freed.
    let functions: UnsafePointer<ccurl_functions>
    let defaultCAFile: String?
    let defaultCADirectory: String?

    static let shared = Result { () throws(TransferFailure) in try CurlLibrary(opening: "libcurl.so.4") }

    /// Opens a shared library and checks that it is a libcurl that this program can use.
    init(opening name: String) throws(TransferFailure) {
        guard let library = dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
            throw .libraryMissing(
                "\(Self.need), which cannot be opened (\(Self.linkerError)); install the package libcurl4")
        }
        let table = UnsafeMutablePointer<ccurl_functions>.allocate(capacity: 1)
        if let missing = ccurl_resolve(table, library) {
            table.deallocate()
            throw .libraryMissing("\(Self.need); \(name) has no \(String(cString: missing)): install a newer libcurl4")
        }
        functions = UnsafePointer(table)
        guard functions.pointee.global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK,
            ccurl_features(functions) & CURL_VERSION_SSL != 0
        else { throw .libraryMissing("\(Self.need); \(name) was built without TLS: install the package libcurl4") }
        (defaultCAFile, defaultCADirectory) = Self.defaultTrust(functions)
    }

    private static let need = "DNS over TLS, DNS over HTTPS and HTTP need libcurl"

    private static var linkerError: String { dlerror().map { String(cString: $0) } ?? "no reason given" }

    /// Where this build of libcurl looks for authorities; the usual places when it is too old to tell (before 7.84).
    private static func defaultTrust(_ functions: UnsafePointer<ccurl_functions>) -> (file: String?, directory: String?)
    {
        guard let easy = functions.pointee.easy_init() else { return (nil, nil) }
        defer { functions.pointee.easy_cleanup(easy) }
        func path(_ info: CURLINFO, otherwise usual: String) -> String? {
            var text: UnsafePointer<CChar>?
            guard ccurl_get_string(functions, easy, info, &text) == CURLE_OK else { return usual }
            return text.map { String(cString: $0) }
        }
        return (
            path(CURLINFO_CAINFO, otherwise: "/etc/ssl/certs/ca-certificates.crt"),
            path(CURLINFO_CAPATH, otherwise: "/etc/ssl/certs")
        )
    }
}
