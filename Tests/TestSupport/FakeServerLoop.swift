import CSys
import DNSModel
import Glibc
import Synchronization

/// The thread of a fake server: waits for messages, asks the script, and does what it says.
struct FakeServerLoop {
    /// Whom a reply goes to.
    private enum Peer {
        case datagram(SocketName)
        case stream(Int32)
    }

    private let sockets: FakeServerSockets
    private let shared: FakeNameServer.Shared
    private let script: FakeNameServer.Script
    /// Octets that have come on each connection and are no whole message yet.
    private var streams: [Int32: [UInt8]] = [:]
    private var held: [(octets: [UInt8], peer: Peer)] = []
    private var isStopped = false

    init(sockets: FakeServerSockets, shared: FakeNameServer.Shared, script: @escaping FakeNameServer.Script) {
        self.sockets = sockets
        self.shared = shared
        self.script = script
    }

    mutating func run() {
        while !isStopped {
            let watched = [shared.signal, sockets.udp] + [sockets.listener].compactMap(\.self) + streams.keys
            var polled = watched.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            poll(&polled, nfds_t(polled.count), -1)
            for ready in polled where ready.revents != 0 { handle(ready.fd) }
        }
        for stream in streams.keys { close(stream) }
        sockets.closeAll()
    }

    private mutating func handle(_ descriptor: Int32) {
        switch descriptor {
        case shared.signal: obey()
        case sockets.udp: receiveDatagram()
        case sockets.listener: acceptConnection()
        default: receiveStream(descriptor)
        }
    }

    private mutating func obey() {
        csys_signal_clear(shared.signal)
        let commands = shared.commands.withLock { commands in
            defer { commands = [] }
            return commands
        }
        for command in commands {
            switch command {
            case .release: releaseHeld()
            case .stop: isStopped = true
            }
        }
    }

    private mutating func receiveDatagram() {
        var octets = [UInt8](repeating: 0, count: 65_536)
        var count = 0
        let source = SocketName { address, length in
            count = recvfrom(sockets.udp, &octets, octets.count, 0, address, length)
            return count
        }
        guard count > 0 else { return }
        handle(Array(octets.prefix(count)), .udp, from: source.port, peer: .datagram(source))
    }

    private mutating func acceptConnection() {
        guard let listener = sockets.listener else { return }
        let stream = accept(listener, nil, nil)
        guard stream >= 0 else { return }
        streams[stream] = []
        shared.connectionCount.withLock { $0 += 1 }
    }

    private mutating func receiveStream(_ stream: Int32) {
        guard streams[stream] != nil else { return }
        var octets = [UInt8](repeating: 0, count: 65_536)
        let count = recv(stream, &octets, octets.count, 0)
        guard count > 0 else { return end(stream) }
        streams[stream]?.append(contentsOf: octets.prefix(count))
        while let pending = streams[stream], pending.count >= 2 {
            let end = 2 + Int(pending[0]) << 8 + Int(pending[1])
            guard pending.count >= end else { return }
            streams[stream] = Array(pending[end...])
            handle(Array(pending[2..<end]), .tcp, from: 0, peer: .stream(stream))
        }
    }

    private mutating func end(_ stream: Int32) {
        guard streams.removeValue(forKey: stream) != nil else { return }
        close(stream)
    }

    private mutating func handle(
        _ octets: [UInt8], _ transport: Endpoint.Transport, from sourcePort: UInt16, peer: Peer
    ) {
        let query = shared.queries.withLock { queries in
            queries.append(
                FakeQuery(octets: octets, transport: transport, number: queries.count, sourcePort: sourcePort))
            return queries[queries.count - 1]
        }
        for action in script(query) { perform(action, peer) }
    }

    private mutating func perform(_ action: FakeNameServer.Action, _ peer: Peer) {
        switch (action, peer) {
        case (.reply(let octets), _): send(octets, to: peer)
        case (.replyFromOtherPort(let octets), .datagram(let name)): send(octets, to: name, from: sockets.otherPort)
        case (.replyFromOtherAddress(let octets), .datagram(let name)):
            if let other = sockets.otherAddress { send(octets, to: name, from: other) }
        case (.write(let octets), .stream(let stream)): write(octets, stream)
        case (.close, .stream(let stream)): end(stream)
        case (.hold(let octets), _): held.append((octets, peer))
        case (.releaseHeld, _): releaseHeld()
        default: break
        }
    }

    private mutating func releaseHeld() {
        for (octets, peer) in held.reversed() { send(octets, to: peer) }
        held = []
    }

    private func send(_ octets: [UInt8], to peer: Peer) {
        switch peer {
        case .datagram(let name): send(octets, to: name, from: sockets.udp)
        case .stream(let stream): write([UInt8(octets.count >> 8), UInt8(octets.count & 0xFF)] + octets, stream)
        }
    }

    private func send(_ octets: [UInt8], to name: SocketName, from descriptor: Int32) {
        _ = name.withPointer { sendto(descriptor, octets, octets.count, 0, $0, $1) }
    }

    private func write(_ octets: [UInt8], _ stream: Int32) {
        var rest = octets[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Glibc.send(stream, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { return }
            rest = rest.dropFirst(sent)
        }
    }
}
