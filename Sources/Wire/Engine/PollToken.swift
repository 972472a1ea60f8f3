/// What a watched descriptor belongs to, as the number that `epoll` gives back.
enum PollToken: Equatable {
    case signal
    case udp(UInt16)
    case tcp(Int)

    init(rawValue: UInt64) {
        let number = rawValue & 0xFFFF_FFFF
        switch rawValue >> 32 {
        case 1: self = .udp(UInt16(truncatingIfNeeded: number))
        case 2: self = .tcp(Int(number))
        default: self = .signal
        }
    }

    var rawValue: UInt64 {
        switch self {
        case .signal: 0
        case .udp(let number): 1 << 32 | UInt64(number)
        case .tcp(let number): 2 << 32 | UInt64(number)
        }
    }
}
