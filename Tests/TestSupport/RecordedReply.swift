import DNSModel
import FoundationEssentials

/// A reply that a name server really sent.
package struct RecordedReply: Sendable, CustomStringConvertible {
    package let server: String
    package let question: Question
    package let octets: [UInt8]

    package var description: String { "\(question) from \(server)" }

    package static let all: [RecordedReply] = {
        let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let file = "/\(tests)/WireTests/Fixtures/replies.txt"
        guard let text = try? String(contentsOf: URL(filePath: file), encoding: .utf8) else { return [] }
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

    package static func first(_ server: String, _ name: String, _ type: String) throws -> RecordedReply {
        let all = all.filter {
            $0.server == server && $0.question.name.description == name && $0.question.type.description == type
        }
        guard let first = all.first else { throw MissingProgram("the fixture \(name) \(type) of \(server)") }
        return first
    }
}
