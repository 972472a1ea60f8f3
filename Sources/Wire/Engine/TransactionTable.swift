/// The transactions that are under way, each in a slot with room for its message.
///
/// It is as large as may ever be in flight, in memory that is only touched when used, so that messages stay in place while the
/// kernel reads them.
struct TransactionTable: ~Copyable {
    /// The longest query there is: header, a name of 255 octets, type and class, OPT with NSID, ZONEVERSION and an IPv6 subnet.
    static let messageCapacity = 320

    private let transactions: UnsafeMutablePointer<Transaction>
    private let messages: UnsafeMutablePointer<UInt8>
    private var isLive: [Bool]
    private var free: [Int32]
    private(set) var count = 0

    init(capacity: Int) {
        transactions = .allocate(capacity: capacity)
        messages = .allocate(capacity: capacity * Self.messageCapacity)
        isLive = Array(repeating: false, count: capacity)
        free = (0..<Int32(capacity)).reversed()
    }

    deinit {
        for slot in isLive.indices where isLive[slot] { (transactions + slot).deinitialize(count: 1) }
        transactions.deallocate()
        messages.deallocate()
    }

    var hasRoom: Bool { !free.isEmpty }

    /// The slots in use.
    var live: [Int] { isLive.indices.filter { isLive[$0] } }

    subscript(slot: Int) -> Transaction {
        unsafeAddress {
            precondition(isLive[slot])
            return UnsafePointer(transactions + slot)
        }
        unsafeMutableAddress {
            precondition(isLive[slot])
            return transactions + slot
        }
    }

    /// The room for the message of a slot.
    func message(_ slot: Int) -> UnsafeMutableBufferPointer<UInt8> {
        precondition(isLive.indices.contains(slot))
        return UnsafeMutableBufferPointer(start: messages + slot * Self.messageCapacity, count: Self.messageCapacity)
    }

    func isLive(_ slot: Int) -> Bool { isLive[slot] }

    /// Nil when there is no room.
    mutating func add(_ transaction: Transaction) -> Int? {
        guard let slot = free.popLast() else { return nil }
        (transactions + Int(slot)).initialize(to: transaction)
        isLive[Int(slot)] = true
        count += 1
        return Int(slot)
    }

    mutating func remove(_ slot: Int) -> Transaction {
        precondition(isLive[slot])
        isLive[slot] = false
        free.append(Int32(slot))
        count -= 1
        return (transactions + slot).move()
    }
}
