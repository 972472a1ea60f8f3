import DNSModel
import Failover
import Hummingbird

/// What listeners are told of a scheme.
enum SchemeUpdate: Sendable {
    case changed(SchemeSnapshot)
    /// It is run no longer.
    case removed(SchemeName)

    var scheme: SchemeName {
        switch self {
        case .changed(let snapshot): SchemeName(snapshot.status.name)
        case .removed(let name): name
        }
    }
}

/// How updates are put into words for some listeners: once for all of them.
struct UpdateFormat: Sendable {
    /// Listeners of the same name hear the same.
    let name: String
    /// An event as it is sent (`ServerEvent`); nil when there is nothing to say.
    let encode: @Sendable (SchemeUpdate) async -> ByteBuffer?
}

/// An event of a stream, as HTML §9.2 has it.
enum ServerEvent {
    /// What is sent when there is nothing to say, so that both ends know that the other is there.
    static let keepAlive = ByteBuffer(string: ":\n\n")

    static func make(_ name: String, data: String) -> ByteBuffer {
        // Each of the three line ends would end the field.
        let lines = data.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return ByteBuffer(string: "event: \(name)\n" + lines.map { "data: \($0)\n" }.joined() + "\n")
    }
}

extension UpdateFormat {
    /// `dnsconverge.scheme/1`, for programs.
    static let json = UpdateFormat(name: "json") { update in
        switch update {
        case .changed(let snapshot):
            guard let octets = try? ControlJSON.encode(snapshot.status) else { return nil }
            return ServerEvent.make("scheme", data: String(decoding: octets, as: UTF8.self))
        case .removed(let name):
            guard let octets = try? ControlJSON.encode(["name": name.text]) else { return nil }
            return ServerEvent.make("removed", data: String(decoding: octets, as: UTF8.self))
        }
    }
}
