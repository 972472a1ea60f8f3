import ArgumentParser
import CSys
import DNSModel
import Glibc

/// Many name servers in one thread, each with an address and a delay of its own.
struct Responder: ~Copyable {
    /// Stands for standard input among the addresses' numbers.
    private static let inputToken = UInt64.max

    private let poll: Int32
    private var addresses: [RespondingAddress] = []

    init(_ options: ResponderOptions) throws {
        poll = csys_poll_open()
        for (place, endpoint) in options.endpoints.enumerated() {
            let address = try RespondingAddress(endpoint, delay: options.delay(of: place))
            addresses.append(address)
            _ = csys_poll_set(poll, address.socket, UInt32(CSYS_READABLE), UInt64(place), true)
        }
        _ = csys_poll_set(poll, STDIN_FILENO, UInt32(CSYS_READABLE), Self.inputToken, true)
    }

    deinit {
        close(poll)
    }

    /// Answers until standard input ends, and so no longer than whoever started it lives.
    func run() {
        var events = [csys_event](repeating: csys_event(), count: 64)
        while true {
            let count = csys_poll_wait(poll, &events, Int32(events.count), timeUntilNextAnswer())
            for event in events.prefix(max(0, Int(count))) {
                if event.token == Self.inputToken { return }
                addresses[Int(event.token)].receive()
            }
        }
    }

    /// Sends what is due, and gives the nanoseconds until the next answer is; -1 while there is none.
    private func timeUntilNextAnswer() -> Int64 {
        let now = csys_now()
        var next = UInt64.max
        for address in addresses {
            address.send(dueAt: now)
            next = min(next, address.nextDue ?? .max)
        }
        return next == .max ? -1 : Int64(next - min(next, csys_now()))
    }
}
