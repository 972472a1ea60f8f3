import DNSModel

/// One server address: its pace, and the queries that wait for room in it.
struct Server {
    struct Waiting {
        let batch: Batch
        let index: Int32
    }

    let address: SocketAddress
    var pace: Pace
    var waiting = Queue<Waiting>()
    /// Whether it stands in the loop's queue of servers that may be sent to.
    var isQueued = false
}

/// The servers by number.
struct ServerTable {
    private struct Key: Hashable {
        let address: IPAddress
        let port: UInt16
    }

    private static let idleLimit = 4096

    private var servers: [Server] = []
    private var numbers: [Key: Int32] = [:]
    private var lastKey: Key?
    private var lastNumber: Int32 = 0
    private let largestWindow: Int

    init(largestWindow: Int) {
        self.largestWindow = largestWindow
    }

    var count: Int { servers.count }

    subscript(number: Int32) -> Server {
        _read { yield servers[Int(number)] }
        _modify { yield &servers[Int(number)] }
    }

    mutating func number(of endpoint: Endpoint) -> Int32 {
        let key = Key(address: endpoint.address, port: endpoint.port)
        // Batches often ask one server many questions in a row.
        if key == lastKey { return lastNumber }
        let number = numbers[key] ?? add(key)
        lastKey = key
        lastNumber = number
        return number
    }

    /// Forgets everything when there are very many; only while nothing is in flight or waits, for numbers change.
    mutating func forgetIfMany() {
        guard servers.count > Self.idleLimit else { return }
        servers = []
        numbers = [:]
        lastKey = nil
    }

    private mutating func add(_ key: Key) -> Int32 {
        let number = Int32(servers.count)
        let address = SocketAddress(key.address, port: key.port)
        servers.append(Server(address: address, pace: Pace(largestWindow: largestWindow)))
        numbers[key] = number
        return number
    }
}
