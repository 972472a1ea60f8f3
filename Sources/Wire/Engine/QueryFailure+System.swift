import DNSModel
import Glibc

extension QueryFailure {
    /// What a system call's error says about sending to or connecting with a server.
    init(sending number: Int32, _ family: IPAddress.Family) {
        switch number {
        case ENETUNREACH, EAFNOSUPPORT: self = .noRoute(family)
        // With IPv4 it means that no local port is left.
        case EADDRNOTAVAIL where family == .ipv6: self = .noRoute(family)
        default: self = .unreachable(systemMessage(number))
        }
    }

    /// What it means that no socket could be opened or connected.
    init(opening error: WireError, _ family: IPAddress.Family) {
        switch error {
        case .system("connect", let number): self.init(sending: number, family)
        case .system(_, EAFNOSUPPORT): self = .noRoute(family)
        case .system: self = .transport(error.description)
        }
    }
}
