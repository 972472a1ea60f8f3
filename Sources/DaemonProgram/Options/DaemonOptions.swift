import ArgumentParser
import CLI
import DNSModel
import Failover
import FoundationEssentials
import Glibc

/// Which daemon is talked to.
struct DaemonOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The daemon's socket (/run/dnsconverge/control.sock, or DNSCONVERGE_SOCKET).", valueName: "path"),
        completion: .file())
    var socket: String?

    @Option(
        help: ArgumentHelp(
            "Where the daemon listens, instead of its socket (or DNSCONVERGE_URL); DNSCONVERGE_TOKEN holds its "
                + "api_token.",
            valueName: "url"))
    var url: String?

    func validate() throws {
        if let url, HTTPURL(url) == nil { throw ValidationError("--url: give a URL such as http://127.0.0.1:8053") }
    }

    var client: ControlClient {
        if socket == nil, let url = (url ?? Self.variable("DNSCONVERGE_URL")).flatMap({ HTTPURL($0) }) {
            return ControlClient(url: url, token: Self.variable("DNSCONVERGE_TOKEN").map { Secret($0) })
        }
        let named = socket ?? getenv("DNSCONVERGE_SOCKET").map { String(cString: $0) }
        return ControlClient(socket: named ?? Self.usualSocket)
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    static let usualSocket = "/run/dnsconverge/control.sock"

    /// Asks the daemon; what goes wrong ends the command with its text.
    func ask<Answer>(_ body: (ControlClient) async throws(ControlFailure) -> Answer) async throws -> Answer {
        do throws(ControlFailure) {
            return try await body(client)
        } catch {
            throw CommandFailure(error.description)
        }
    }
}

/// Who gives an order, why, and for how long.
struct OrderOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Why, for those who wonder later.", valueName: "text"))
    var why = ""

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("How long it holds, such as 30m or 2h; until it is taken back.", valueName: "time"),
        transform: DaemonDuration.init)
    var length: DaemonDuration?

    var until: Date? { length.map { Date().addingTimeInterval($0.seconds) } }
}

/// A length of time on the command line: `90`, `30m`, `2h`, `1d`.
struct DaemonDuration {
    let seconds: TimeInterval

    init(_ text: String) throws {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let units: [Substring: Double] = ["": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let value = Double(number), let unit = units[text.dropFirst(number.count)], value > 0,
            value * unit <= 1_000_000_000
        else { throw ValidationError("it is no time; write seconds, or a number with m, h or d") }
        seconds = value * unit
    }
}

enum Person {
    /// Who runs this command: `alice@host`. Under sudo it is who has called that.
    static var current: String {
        let name = variable("SUDO_USER") ?? variable("LOGNAME") ?? variable("USER") ?? "uid \(getuid())"
        var host = [CChar](repeating: 0, count: 256)
        guard gethostname(&host, host.count - 1) == 0 else { return name }
        return name + "@" + String(decoding: host.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
}
