/// Makes a query into its answer.
enum Answer {
    private static let headerLength = 12

    /// Overwrites the query of `count` octets in `message` with the zone's answer; gives the answer's length.
    static func write(over message: UnsafeMutableBufferPointer<UInt8>, count: Int) -> Int {
        guard count > headerLength, let end = endOfQuestion(message, count: count),
            let number = number(in: message), end + 27 <= message.count
        else { return refuse(message) }
        let hasEDNS = message[11] > 0
        message[2] = 0x84 | message[2] & 1
        message[3] = 0
        message[7] = 1
        let record = [0xC0, 0x0C, 0, 1, 0, 1, 0, 0, 1, 0x2C, 0, 4] + BenchName.address(of: number)
        // The root, OPT, 1232 octets, and nothing set (RFC 6891 §6.1.2).
        let options: [UInt8] = hasEDNS ? [0, 0, 41, 0x04, 0xD0, 0, 0, 0, 0, 0, 0] : []
        for (place, octet) in (record + options).enumerated() { message[end + place] = octet }
        return end + record.count + options.count
    }

    /// The place behind the question's class; nil when the query ends before.
    private static func endOfQuestion(_ message: UnsafeMutableBufferPointer<UInt8>, count: Int) -> Int? {
        var place = headerLength
        while place < count, message[place] > 0 { place += 1 + Int(message[place]) }
        return place + 5 <= count ? place + 5 : nil
    }

    private static func number(in message: UnsafeMutableBufferPointer<UInt8>) -> UInt32? {
        let length = Int(message[headerLength])
        return BenchName.number(ofLabel: message[headerLength + 1..<headerLength + 1 + length])
    }

    /// A bare header that says REFUSED.
    private static func refuse(_ message: UnsafeMutableBufferPointer<UInt8>) -> Int {
        message[2] = 0x80
        message[3] = 5
        for place in 4..<headerLength { message[place] = 0 }
        return headerLength
    }
}
