import DNSModel
import Wire

extension QueryEngine {
    /// An engine that also speaks TLS and HTTPS.
    static func forCommand(trust: TLSTrust, countsOutcomes: Bool = false) throws -> QueryEngine {
        var configuration = Configuration()
        configuration.countsOutcomes = countsOutcomes
        configuration.secureExchange = SecureExchange(trust: trust)
        do throws(WireError) {
            return try QueryEngine(configuration: configuration)
        } catch {
            throw CommandFailure("\(error)")
        }
    }
}

extension TLSTrust {
    /// The system's authorities, and those of `--ca-file`.
    static func forCommand(certificateFile: String?) throws -> TLSTrust {
        guard let certificateFile else { return .system }
        do throws(TransferFailure) {
            return try TLSTrust(additionalCAFile: certificateFile)
        } catch {
            throw CommandFailure("--ca-file: \(error)")
        }
    }
}
