import CSys

/// Which sockets share the queries of one family, and which of them is in use just now.
struct SocketPool {
    /// So many queries in a row share a socket, so that one system call sends them.
    private static let usesInARow = Int(CSYS_BATCH)
    /// After so many choices a socket gives way to one on another port.
    private static let choicesBeforeRotation = 1024

    private struct Member {
        let number: UInt16
        var choices = 0
    }

    private let size: Int
    private var members: [Member] = []
    private var choice: UInt16?
    private var usesLeft = 0

    init(size: Int) {
        self.size = min(max(1, size), 64)
    }

    var isFull: Bool { members.count >= size }

    mutating func forgetChoice() {
        choice = nil
    }

    /// The socket in use, unless it is time to choose.
    mutating func current() -> UInt16? {
        guard let choice, usesLeft > 0 else { return nil }
        usesLeft -= 1
        return choice
    }

    /// Takes out a socket that has served its time.
    mutating func removeWorn() -> UInt16? {
        guard let place = members.firstIndex(where: { $0.choices >= Self.choicesBeforeRotation }) else { return nil }
        return members.remove(at: place).number
    }

    mutating func remove(_ number: UInt16) {
        members.removeAll { $0.number == number }
        choice = nil
    }

    mutating func removeAll() -> [UInt16] {
        defer { self = SocketPool(size: size) }
        return members.map(\.number)
    }

    /// Chooses a socket: `opened`, which joins the pool, or a random member.
    mutating func choose(opened: UInt16?, random: inout RandomPool) -> UInt16 {
        if let opened { members.append(Member(number: opened)) }
        let place = opened == nil ? random.next(below: members.count) : members.count - 1
        members[place].choices += 1
        choice = members[place].number
        usesLeft = Self.usesInARow - 1
        return members[place].number
    }
}
