import CCurl
import DNSModel
import FoundationEssentials

/// Where libcurl is told to look for the authorities of a `TLSTrust`.
enum TrustSource {
    /// A directory of certificates under their hashed names, and one more file. A connection then reads only the
    /// certificates that it needs, where the system's single file costs 15 ms of CPU each time.
    case directory(String, more: String?)
    /// The system's file and one more, joined, because libcurl takes only one.
    case joined([UInt8])
    /// What libcurl was built with.
    case defaults

    init(_ trust: TLSTrust, library: CurlLibrary) {
        if let directory = library.defaultCADirectory, Self.isHashed(directory) {
            self = .directory(directory, more: trust.additionalCAFile)
        } else if let more = trust.additionalCAFile {
            let files = [library.defaultCAFile, more].compactMap { $0 }
            self = .joined(files.flatMap { (FileManager.default.contents(atPath: $0) ?? Data()) + "\n".utf8 })
        } else {
            self = .defaults
        }
    }

    func apply(to easy: EasyHandle) {
        switch self {
        case .directory(let path, let more):
            easy.set(CURLOPT_CAPATH, path)
            easy.set(CURLOPT_CAINFO, more)
        case .joined(let certificates):
            easy.setBlob(CURLOPT_CAINFO_BLOB, certificates)
        case .defaults:
            break
        }
    }

    /// Whether a directory holds certificates under the names that OpenSSL looks for: eight hexadecimal digits, a dot, and
    /// a number.
    private static func isHashed(_ directory: String) -> Bool {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.contains { name in
            let parts = name.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
            return parts.count == 2 && parts[0].count == 8 && parts[0].allSatisfy(\.isASCIIHexDigit)
                && !parts[1].isEmpty && parts[1].allSatisfy(\.isASCIIDigit)
        }
    }
}
