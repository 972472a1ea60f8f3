import DNSModel

/// Why a text is not the data of a record.
package struct RecordTextError: Error, Hashable, Sendable, CustomStringConvertible {
    package let type: RecordType
    package let text: String
    package let reason: String

    package var description: String { "\"\(text)\" is no \(type) data: \(reason)" }
}
