import DNSModel
import Wire

extension QueryEngine {
    /// An engine that also speaks TLS and HTTPS, trusting the system's certificates and those of a file.
    static func forCommand(certificateFile: String?) throws -> QueryEngine {
        var configuration = Configuration()
        do throws(TransferFailure) {
            let trust =
                if let certificateFile { try TLSTrust(additionalCAFile: certificateFile) } else { TLSTrust.system }
            configuration.secureExchange = SecureExchange(trust: trust)
        } catch {
            throw CommandFailure("--ca-file \(certificateFile ?? ""): \(error)")
        }
        do throws(WireError) {
            return try QueryEngine(configuration: configuration)
        } catch {
            throw CommandFailure("\(error)")
        }
    }
}
