import DNSModel
import FoundationEssentials
import TestSupport

@testable import Wire

/// A reply that a name server really sent.
struct RecordedReply: Sendable, CustomStringConvertible {
    let server: String
    let question: Question
    let octets: [UInt8]

    var description: String { "\(question) from \(server)" }

    static let all: [RecordedReply] = {
        let file = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        guard let text = try? String(contentsOf: URL(filePath: "/\(file)/Fixtures/replies.txt"), encoding: .utf8)
        else { return [] }
        return text.split(separator: "\n").compactMap { RecordedReply(line: $0) }
    }()

    /// Reads `server name type hexadecimal`.
    private init?(line: Substring) {
        let words = line.split(separator: " ")
        guard words.count == 4, words[0] != "#", let name = try? DomainName(String(words[1])),
            let type = RecordType(String(words[2]))
        else { return nil }
        server = String(words[0])
        question = Question(name, type)
        let digits = words[3].utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        octets = stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    static func first(_ server: String, _ name: String, _ type: String) throws -> RecordedReply {
        let all = all.filter {
            $0.server == server && $0.question.name.description == name && $0.question.type.description == type
        }
        guard let first = all.first else { throw MissingProgram("the fixture \(name) \(type) of \(server)") }
        return first
    }

    func decode() throws -> Response {
        try octets.withUnsafeBufferPointer { ReplyDecoder.decode($0, question) }.get()
    }
}

/// A query for `a.` and replies to it, put together by hand.
enum HandMade {
    static let query = FakeQuery(octets: [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 97, 0, 0, 1, 0, 1])
    static let question = Question(DomainName(validatedWire: [1, 97, 0]), .a)

    static func decode(_ octets: [UInt8]) -> Result<Response, PacketDefect> {
        octets.withUnsafeBufferPointer { ReplyDecoder.decode($0, question) }
    }

    /// Sets the counts of a message, which `FakeQuery.reply` makes true.
    static func counted(_ octets: [UInt8], questions: UInt8 = 1, answers: UInt16) -> [UInt8] {
        var octets = octets
        octets[5] = questions
        octets[6] = UInt8(answers >> 8)
        octets[7] = UInt8(answers & 0xFF)
        return octets
    }
}
