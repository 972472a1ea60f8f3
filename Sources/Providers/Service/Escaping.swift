import DNSModel

extension String {
    /// As one component of a URL's path or query: all but unreserved characters are percent-encoded (RFC 3986 §2.3).
    var urlEscaped: String {
        utf8.reduce(into: "") { result, octet in
            if octet.isASCIIAlphanumeric || "-._~".utf8.contains(octet) {
                result.unicodeScalars.append(Unicode.Scalar(octet))
            } else {
                result += "%" + (octet < 16 ? "0" : "") + String(octet, radix: 16, uppercase: true)
            }
        }
    }

    /// As it stands between the quotation marks of a JSON string (RFC 8259 §7).
    var jsonEscaped: String { String(JSONText.string(self).text.dropFirst().dropLast()) }

    /// As it stands between the tags of an XML element.
    var xmlEscaped: String {
        unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
