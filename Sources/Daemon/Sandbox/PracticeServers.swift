import Glibc
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// Three small web servers on loopback that fall ill when they are told to.
package struct PracticeServers: Sendable {
    package struct Server: Sendable {
        package let name: String
        package let address: String
        package let port: Int
        // Set by requests, read by others.
        fileprivate let health: PracticeHealth
    }

    package let all: [Server]
    /// A port of 127.0.0.1 that was free just now, for the pages and the API.
    package let pagePort: Int

    /// They answer once `serve` is called, on a port that was free just now.
    package init(ports: ClosedRange<Int> = 8181...8289) throws {
        let names = ["charlie", "echo", "bravo"]
        pagePort = (8053...8099).first { Self.isFree("127.0.0.1", $0) } ?? 8053
        let port = ports.first { port in (1...names.count).allSatisfy { Self.isFree("127.0.0.\(10 + $0)", port) } }
        all = names.enumerated().map { index, name in
            Server(
                name: name, address: "127.0.0.\(11 + index)", port: port ?? ports.lowerBound, health: PracticeHealth())
        }
    }

    /// Answers `/` by health, and `/fail` and `/heal` by changing it, until the task is cancelled.
    package func serve() async {
        await withDiscardingTaskGroup { group in
            for server in all { group.addTask { try? await Self.application(server).run() } }
        }
    }

    private static func application(_ server: Server) -> some ApplicationProtocol {
        let router = Router()
        let health = server.health
        router.get("/") { _, _ in page(server.name, isWell: health.isWell) }
        router.get("/fail") { _, _ in
            health.isWell = false
            return page(server.name, isWell: false)
        }
        router.get("/heal") { _, _ in
            health.isWell = true
            return page(server.name, isWell: true)
        }
        var logger = Logger(label: "practice")
        logger.logLevel = .critical
        return Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname(server.address, port: server.port)),
            logger: logger)
    }

    private static func page(_ name: String, isWell: Bool) -> Response {
        let text = "\(name) status=\(isWell ? "OK" : "ERR")\n"
        return Response(
            status: isWell ? .ok : .serviceUnavailable, headers: [.contentType: "text/plain"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private static func isFree(_ address: String, _ port: Int) -> Bool {
        let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(file) }
        var reuse: Int32 = 1
        setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = in_port_t(port).bigEndian
        inet_pton(AF_INET, address, &name.sin_addr)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(file, $0, size) == 0 }
        }
    }
}

/// Whether a practice server is well.
private final class PracticeHealth: Sendable {
    private let value = Atomic<Bool>(true)

    var isWell: Bool {
        get { value.load(ordering: .relaxed) }
        set { value.store(newValue, ordering: .relaxed) }
    }
}
