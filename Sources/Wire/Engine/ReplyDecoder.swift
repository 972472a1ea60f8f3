import DNSModel
import Glibc

/// Turns messages that answer a query into values. A message whose octets, ID aside, come again and again gives the same
/// `Response` each time but the first two: they have passed the gate, and mean the same whoever sent them.
struct ReplyDecoder: ~Copyable {
    /// A power of two.
    private static let cachedCount = 512
    /// Larger messages are decoded each time.
    private static let cachedLength = 1232

    private let octets: UnsafeMutablePointer<UInt8>
    private var lengths: [Int]
    private var responses: [Response?]
    /// What came last to each place. A message is kept only when it comes a second time in a row: most never do, and keeping
    /// those would cost more than it saves.
    private var hashes: [UInt64]
    /// Unknown outside, so that nobody can make messages compete for a place.
    private let seed = UInt64.random(in: .min ... .max)
    private(set) var reusedCount = 0

    init() {
        octets = .allocate(capacity: Self.cachedCount * Self.cachedLength)
        lengths = Array(repeating: 0, count: Self.cachedCount)
        responses = Array(repeating: nil, count: Self.cachedCount)
        hashes = Array(repeating: 0, count: Self.cachedCount)
    }

    deinit {
        octets.deallocate()
    }

    /// Decodes `message`, whose header and question have been found to answer `question`.
    mutating func response(
        _ message: UnsafeBufferPointer<UInt8>, to question: Question
    ) -> Result<Response, PacketDefect> {
        guard message.count <= Self.cachedLength, let start = message.baseAddress else {
            return Self.decode(message, question)
        }
        let hash = hash(of: message)
        let place = Int(truncatingIfNeeded: hash) & (Self.cachedCount - 1)
        guard hashes[place] == hash else {
            hashes[place] = hash
            return Self.decode(message, question)
        }
        let cached = octets + place * Self.cachedLength
        let length = message.count - 2
        if lengths[place] == length, memcmp(cached, start + 2, length) == 0, let response = responses[place] {
            reusedCount += 1
            return .success(response)
        }
        let result = Self.decode(message, question)
        if case .success(let response) = result {
            memcpy(cached, start + 2, length)
            lengths[place] = length
            responses[place] = response
        }
        return result
    }

    /// Passes a message through the gate and then through ldns.
    static func decode(
        _ message: UnsafeBufferPointer<UInt8>, _ question: Question
    ) -> Result<Response, PacketDefect> {
        do throws(PacketDefect) {
            try PacketGate.check(message.span)
            let packet = try Packet(checked: message)
            return .success(try packet.response(to: question))
        } catch {
            return .failure(error)
        }
    }

    /// A hash of all but the ID: multiply and fold, eight octets at a time.
    private func hash(of message: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let bytes = UnsafeRawBufferPointer(message)
        var hash = seed ^ UInt64(message.count)
        var offset = 2
        while offset + 8 <= bytes.count {
            hash = Self.mix(hash, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += 8
        }
        var rest: UInt64 = 0
        for byte in bytes[offset...] { rest = rest << 8 | UInt64(byte) }
        return Self.mix(hash, rest)
    }

    private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }
}
