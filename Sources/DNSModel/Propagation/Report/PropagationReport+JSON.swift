import FoundationEssentials

/// Several reports on one name as one document, `dnsconverge.reports/1`.
package struct PropagationReports: Sendable, Hashable, Codable {
    package static let schemaName = "dnsconverge.reports/1"

    package var schema = Self.schemaName
    /// The worst of the reports'.
    package var status: Status
    package var exitCode: Int32
    package var reports: [PropagationReport]

    /// Without any report the status is UNKNOWN.
    package init(_ reports: [PropagationReport]) {
        self.reports = reports
        status = reports.map(\.status).max() ?? .unknown
        exitCode = status.exitCode
    }

    enum CodingKeys: String, CodingKey {
        case schema, status
        case exitCode = "exit_code"
        case reports
    }
}

extension PropagationReport {
    private static let timeStyle = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    /// Times are RFC 3339 in UTC with milliseconds, keys are sorted.
    package static func encoder(pretty: Bool = true) -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(timeStyle.format(date))
        }
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        return encoder
    }

    package static func decoder() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            try timeStyle.parse(try decoder.singleValueContainer().decode(String.self))
        }
        return decoder
    }
}
