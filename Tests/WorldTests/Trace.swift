import FoundationEssentials
import TestSupport

/// A DNS message, or the begin of a connection, as it entered the WAN.
struct TraceEvent: Decodable, Sendable {
    enum Kind: String, Decodable, Sendable {
        case query, reply, connect, malformed
    }

    let kind: Kind
    /// Seconds of the monotonic clock.
    let time: Double
    /// When it came, or comes, out of the WAN; nil for what was lost.
    let arrives: Double?
    /// The nodes; nil for an address that nobody has.
    let from: String?
    let to: String?
    let src: String
    let dst: String
    let dport: Int
    let transport: String
    /// `QUERY`, `UPDATE` (RFC 2136).
    let opcode: String?
    let qname: String?
    let qtype: String?
    let rcode: String?
    let answers: [Answer]?

    struct Answer: Decodable, Sendable {
        let owner: String
        let ttl: Int
        let type: String
        let value: String

        init(from decoder: any Decoder) throws {
            var fields = try decoder.unkeyedContainer()
            owner = try fields.decode(String.self)
            ttl = try fields.decode(Int.self)
            type = try fields.decode(String.self)
            value = try fields.decode(String.self)
        }
    }

    /// The name asked for, without the last dot.
    var name: String { qname.map { String($0.dropLast()) } ?? "" }
    var values: [String] { answers?.map(\.value) ?? [] }
}

/// The WAN's record of what passes it, from the moment it is made.
struct Trace: Sendable {
    private let world: MiniatureInternet

    init(in world: MiniatureInternet) async throws {
        self.world = world
        try await world.command("wan", "trace", "start")
    }

    /// All that has passed until now.
    func recorded() async throws -> [TraceEvent] {
        let lines = try await world.command("wan", "trace", "print", "--json")
        return try lines.split(separator: "\n").map(Self.event)
    }

    /// What passes, while it does. It ends when the reader does, or the world.
    func live() throws -> AsyncStream<TraceEvent> {
        let process = try ChildProcess(
            Repository.worldScript, ["wan", "trace", "follow", "--json"], output: .standardOutput)
        return AsyncStream { continuation in
            continuation.onTermination = { _ in process.stop() }
            Task {
                await blocking {
                    while let line = process.readLine(), let event = try? Self.event(line) { continuation.yield(event) }
                }
                continuation.finish()
            }
        }
    }

    private static func event(_ line: some StringProtocol) throws -> TraceEvent {
        try JSONDecoder().decode(TraceEvent.self, from: Data(line.utf8))
    }
}
