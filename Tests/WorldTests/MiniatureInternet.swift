import DNSModel
import FoundationEssentials
import TestSupport

/// The running miniature Internet of `Tests/World`, as its own `world status` describes it.
struct MiniatureInternet: Sendable, Decodable {
    struct Node: Sendable, Decodable {
        let name: String
        let role: String
        let addresses: [String]
        /// By address, in milliseconds; an exchange between two nodes takes the mean of theirs.
        let rttMS: [String: Double]
        /// The words before a command that run it there.
        let exec: [String]

        enum CodingKeys: String, CodingKey {
            case name, role, addresses
            case rttMS = "rtt_ms"
            case exec
        }
    }

    let directory: String
    let rootHints: String
    let certificateFile: String
    let updateKey: String
    let powerDNSKey: String
    let nodes: [Node]

    enum CodingKeys: String, CodingKey {
        case directory
        case rootHints = "root_hints"
        case certificateFile = "ca_file"
        case updateKey = "update_key"
        case powerDNSKey = "powerdns_key"
        case nodes
    }

    /// The world that is up; an error when there is none.
    static func running() async throws -> MiniatureInternet {
        let status = try await Command.run([Repository.worldScript, "status", "--json"])
        guard status.exitCode == 0 else { throw WorldFailure(status.errors) }
        return try JSONDecoder().decode(Self.self, from: Data(status.output.utf8))
    }

    func node(_ name: String) throws -> Node {
        guard let node = nodes.first(where: { $0.name == name }) else { throw WorldFailure("no node \(name)") }
        return node
    }

    /// How long an exchange between two addresses takes, in seconds, as the WAN is set.
    func roundTrip(_ one: String, _ other: String) -> Double {
        let distances = [one, other].map { address in nodes.lazy.compactMap { $0.rttMS[address] }.first ?? 0 }
        return distances.reduce(0, +) / 2000
    }

    /// How long the farthest resolver's answers are under way to the client, in seconds.
    var longestWayBack: Double {
        let client = nodes.first { $0.name == "client" }?.addresses.first ?? ""
        let resolvers = nodes.filter { $0.role == "resolver" }.flatMap(\.addresses)
        return resolvers.map { roundTrip($0, client) / 2 }.max() ?? 0
    }

    /// Carries out one of the `world` commands, and gives what it printed.
    @discardableResult
    func command(_ words: String...) async throws -> String { try await command(words) }

    @discardableResult
    func command(_ words: [String]) async throws -> String {
        let result = try await Command.run([Repository.worldScript] + words)
        guard result.exitCode == 0 else { throw WorldFailure("\(words): \(result.errors)") }
        return result.output
    }

    /// The commands side by side.
    func commands(_ commands: [[String]]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for words in commands { group.addTask { try await command(words) } }
            try await group.waitForAll()
        }
    }

    /// Publishes a record at the primary, and returns when every secondary has it too.
    func publish(_ name: String, ttl: Int, _ values: String..., type: String = "A") async throws {
        try await command(["update", "--wait", name, "\(ttl)", type] + values)
    }
}

struct WorldFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// Where this package's files are.
enum Repository {
    static let root = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
    static let worldScript = root + "/Tests/World/world"
    /// The program under test, built beside this test.
    static let program: String = {
        let test = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return "/" + (test ?? "").split(separator: "/").dropLast().joined(separator: "/") + "/dnsconverge"
    }()
    /// The program as it is installed.
    static let releasedProgram = root + "/.build/release/dnsconverge"
}
