/// What is wrong with the form of a message.
package enum PacketDefect: Error, Hashable, Sendable {
    case truncated
    case trailingOctets
    case badName
    case badCount(String)
    case badRecordData(UInt16)
    case badRecordType(UInt16)
    case badRecordClass(UInt16)
    case badOPT
    case tooLarge
    /// ldns, the decoder, refused it.
    case undecodable(String)

    package var reason: String {
        switch self {
        case .truncated: "it ends in the middle"
        case .trailingOctets: "octets follow after its end"
        case .badName: "it has a malformed name"
        case .badCount(let what): what
        case .badRecordData(let type): "the data of a record of type \(type) do not fit"
        case .badRecordType(let type): "a record has the type \(type), which no answer carries there"
        case .badRecordClass(let number): "a record has the class \(number)"
        case .badOPT: "its OPT record is malformed"
        case .tooLarge: "decoding it would take too much memory"
        case .undecodable(let why): why
        }
    }
}
