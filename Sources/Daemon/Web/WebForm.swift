import HTTPTypes
import Hummingbird
import NIOCore

/// What a form of ours sends.
struct WebForm: Sendable {
    /// In the order in which they came.
    let fields: [(name: String, value: String)]

    private static let limit = 262_144

    init(_ request: Request, _ context: WebContext) async throws {
        guard request.mediaType == "application/x-www-form-urlencoded" else {
            throw Problem(.unsupportedMediaType, "send a form: application/x-www-form-urlencoded")
        }
        guard let fields = Self.parse(try await request.octets(upTo: Self.limit, context)) else {
            throw Problem(.badRequest, "the form is not understood")
        }
        self.fields = fields
    }

    /// The first value of that name.
    subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    /// All values of that name, those that are empty left out.
    func all(_ name: String) -> [String] { fields.filter { $0.name == name && !$0.value.isEmpty }.map(\.value) }

    /// Throws unless the form stood on one of the caller's own pages: its field `form_token` says so.
    func check(_ context: WebContext, _ keeper: AccessKeeper) throws {
        let expected = context.formToken(keeper)
        guard let token = self["form_token"], expected.isSameSecret(as: token) else {
            throw Problem(.forbidden, "the form is out of date: load the page again, and repeat it there")
        }
    }

    static func parse(_ octets: [UInt8]) -> [(name: String, value: String)]? {
        var fields: [(name: String, value: String)] = []
        for part in octets.split(separator: UInt8(ascii: "&")) {
            let sides = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decoded(sides[0]), let value = decoded(sides.count > 1 ? sides[1] : []) else { return nil }
            fields.append((name, value))
        }
        return fields
    }

    private static func decoded(_ octets: ArraySlice<UInt8>) -> String? {
        var result: [UInt8] = []
        var rest = octets
        while let octet = rest.popFirst() {
            switch octet {
            case UInt8(ascii: "+"): result.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let digits = rest.prefix(2)
                guard digits.count == 2, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16),
                    digits.first != UInt8(ascii: "+")
                else { return nil }
                rest = rest.dropFirst(2)
                result.append(value)
            default: result.append(octet)
            }
        }
        return String(validating: result, as: UTF8.self)
    }
}

extension WebContext {
    /// What forms of pages for this caller have to bring back, in a field `form_token`.
    func formToken(_ keeper: AccessKeeper) -> String {
        if case .session(let session) = caller { session.formToken } else { keeper.localFormToken }
    }
}

extension Request {
    /// The type of the body without its parameters, in lower case.
    var mediaType: String? {
        headers[.contentType]?.prefix { $0 != ";" }.trimming(" \t").lowercased()
    }

    /// The whole body. Who sends it too slowly is disconnected.
    func octets(upTo limit: Int, _ context: WebContext) async throws -> [UInt8] {
        let channel = context.channel
        let alarm = channel.eventLoop.scheduleTask(in: .seconds(15)) { channel.close(promise: nil) }
        defer { alarm.cancel() }
        do {
            return Array(try await body.collect(upTo: limit).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw Problem(.contentTooLarge, "at most \(limit >> 10) KiB can be taken")
        }
    }
}

extension Substring {
    fileprivate func trimming(_ characters: String) -> Substring {
        var rest = drop { characters.contains($0) }
        while let last = rest.last, characters.contains(last) { rest.removeLast() }
        return rest
    }
}
