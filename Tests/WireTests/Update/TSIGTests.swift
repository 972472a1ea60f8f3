import DNSModel
import FoundationEssentials
import TestSupport
import Testing

@testable import Wire

@Suite("TSIG keys and the signatures of answers")
struct TSIGTests {
    private static let secret = "c2hhMjU2IGtleSBvZiB0ZXN0cyE="

    static let keys: [Case<String, String>] = [
        Case("three words", "hmac-sha256:k-sha256:\(secret)", "k-sha256 hmac-sha256"),
        Case("capitals, final dots and a line's end", "HMAC-SHA256.:K-Sha256.:\(secret)\n", "k-sha256 hmac-sha256"),
        Case("MD5 by its long name", "hmac-md5.sig-alg.reg.int:k:\(secret)", "k hmac-md5"),
        Case(
            "a file as tsig-keygen writes it",
            "key \"k-sha256\" {\n\talgorithm hmac-sha256;\n\tsecret \"\(secret)\";\n};\n", "k-sha256 hmac-sha256"),
        Case(
            "a file in another order, with comments and without quotation marks",
            "# for updates\n/* key */ key k {secret \(secret); // algorithm x;\n algorithm \"hmac-sha512\" ; } ;",
            "k hmac-sha512"),
    ]

    @Test("A key is read as it is commonly written", arguments: keys)
    func key(key: Case<String, String>) throws {
        let parsed = try TSIGKey(parsing: key.input)
        #expect("\(parsed.name) \(parsed.algorithm.rawValue)" == key.output)
        #expect(parsed.secret.revealed == Self.secret)
    }

    static let badKeys: [Case<String, String>] = [
        Case("nothing", "", "a TSIG key is algorithm:name:secret, or a BIND key file; this is neither"),
        Case("two words", "k:\(secret)", "a TSIG key is algorithm:name:secret, or a BIND key file; this is neither"),
        Case(
            "an algorithm of nobody", "hmac-sha3:k:\(secret)",
            "a TSIG key of an unknown algorithm; there are hmac-md5, hmac-sha1, hmac-sha224, hmac-sha256, "
                + "hmac-sha384, hmac-sha512"),
        Case("no name", "hmac-sha256::\(secret)", "the name of a TSIG key of hmac-sha256 is no domain name"),
        Case(
            "a name that is none", "hmac-sha256:a..b:\(secret)",
            "the name of a TSIG key of hmac-sha256 is no domain name"),
        Case("no secret", "hmac-sha256:k:", "the secret of the key k is not in Base64"),
        Case("a secret that is no Base64", "hmac-sha256:k:s3cret!", "the secret of the key k is not in Base64"),
        Case("Base64 that was cut", "hmac-sha256:k:c2hhMjU", "the secret of the key k is not in Base64"),
        Case("a file without its block", "key k", "a key file must read: key \"name\" { algorithm …; secret \"…\"; };"),
        Case(
            "a file that ends early", "key k { algorithm hmac-sha256;",
            "a key file must read: key \"name\" { algorithm …; secret \"…\"; };"),
        Case(
            "a file without a secret", "key k { algorithm hmac-sha256; };",
            "the key k has no algorithm or no secret in its file"),
        Case(
            "a file with two keys",
            "key a { algorithm hmac-sha256; secret \(secret); }; key b { algorithm hmac-sha256; secret \(secret); };",
            "a key file with several keys; give a file with one"),
    ]

    @Test("What is no key says why, without the secret", arguments: badKeys)
    func badKey(key: Case<String, String>) {
        let error = #expect(throws: TSIGKeyError.self) { try TSIGKey(parsing: key.input) }
        #expect(error?.description == key.output)
    }

    @Test(
        "A key that ldns cannot sign with is refused before anything is sent",
        arguments: [TSIGKey.Algorithm.sha224, .sha384])
    func unsupported(algorithm: TSIGKey.Algorithm) throws {
        // A later ldns may be able to; then it must be a key like any other.
        do throws(TSIGKeyError) {
            let key = try TSIGKey(parsing: "\(algorithm.rawValue):k:\(Self.secret)")
            #expect(try OutgoingPacket(Question(.root, .soa), id: 1).sign(with: key).count > 2)
        } catch {
            #expect(error == .unsupported(algorithm))
            #expect(
                error.description == "the installed libldns cannot sign with \(algorithm.rawValue); use a key of "
                    + "hmac-sha256 or hmac-sha512")
        }
    }

    @Test("However it is printed, a key shows no secret")
    func secrecy() throws {
        let key = try TSIGKey(parsing: "hmac-sha256:k:\(Self.secret)")
        var dumped = ""
        dump(key, to: &dumped)
        #expect(!"\(key) \(String(reflecting: key)) \(dumped)".contains(Self.secret))
    }

    // Answers to an update, signed by another program at 1795000000 with the key below; the request's MAC is 0 to 31.
    private static let signed =
        "1234a8000000000000000001086b2d7368613235360000fa00ff00000000003d0b686d61632d7368613235360000006afd86c0012c0020"
        + "46814dcaf60c25697647a37ed907723e5622f25fbb1afd18d7386847477ab100123400000000"
    private static let badTime =
        "1234a8090000000000000001086b2d7368613235360000fa00ff0000000000430b686d61632d7368613235360000006afd86c0012c0020"
        + "d7245ff18de95de5b3af371404cd4fbef565b368bd622dd33ab954d3ee4b036d12340012000600006afd9660"
    private static let badTrunc =
        "1234a8090000000000000001086b2d7368613235360000fa00ff00000000003d0b686d61632d7368613235360000006afd86c0012c0020"
        + "991410d6373043d95d41280f206cd533ebf77d7c863a72d914aae668c920e957123400160000"

    struct Received: Sendable {
        var message = signed
        var key = "hmac-sha256:k-sha256:\(secret)"
        var mac = Array(UInt8(0)...31)
        var clock = 1_795_000_000.0
        /// An octet that was changed on the way, by its place.
        var changed: Int?
    }

    static let answers: [Case<Received, TSIGCheck>] = [
        Case("as it was sent", Received(), .authentic),
        Case("at the last second", Received(clock: 1_795_000_300), .authentic),
        Case(
            "a second later", Received(clock: 1_795_000_301),
            .wrong("the answer was signed at another time: this machine's clock or the server's is wrong")),
        Case(
            "long before", Received(clock: 1_794_999_699),
            .wrong("the answer was signed at another time: this machine's clock or the server's is wrong")),
        Case("to another request", Received(mac: Array(UInt8(1)...32)), .wrong("the answer's signature is wrong")),
        Case("its result changed", Received(changed: 3), .wrong("the answer's signature is wrong")),
        Case("its ID changed", Received(changed: 1), .wrong("the answer's signature is wrong")),
        Case("the signature's last octet changed", Received(changed: 86), .wrong("the answer's signature is wrong")),
        Case(
            "another secret", Received(key: "hmac-sha256:k-sha256:d3Jvbmc="), .wrong("the answer's signature is wrong")),
        Case(
            "another key", Received(key: "hmac-sha256:k-other:\(secret)"),
            .wrong("the answer is signed with another key, k-sha256 (hmac-sha256)")),
        Case(
            "another algorithm", Received(key: "hmac-sha512:k-sha256:\(secret)"),
            .wrong("the answer is signed with another key, k-sha256 (hmac-sha256)")),
        Case("the server's clock differs", Received(message: badTime), .refused(.clock(server: 1_795_004_000))),
        Case(
            "somebody says that the server's clock differs", Received(message: badTime, changed: 95),
            .wrong("the answer's signature is wrong")),
        Case("too short a signature", Received(message: badTrunc), .refused(.signature(.badTrunc))),
    ]

    @Test("An answer is authentic when signature, key, time and error say so", arguments: answers)
    func answer(answer: Case<Received, TSIGCheck>) throws {
        var octets = stride(from: 0, to: answer.input.message.utf8.count, by: 2).compactMap {
            UInt8(answer.input.message.dropFirst($0).prefix(2), radix: 16)
        }
        if let place = answer.input.changed { octets[place] ^= 1 }
        try PacketGate.checkPrimary(octets.span)
        let check = try TSIGCheck(
            octets, key: TSIGKey(parsing: answer.input.key), requestMAC: [0, 32] + answer.input.mac,
            now: Date(timeIntervalSince1970: answer.input.clock))
        #expect(check == answer.output)
    }

    @Test("A signed answer that was cut or lengthened does not pass the gate")
    func gate() throws {
        let octets = stride(from: 0, to: Self.signed.utf8.count, by: 2).compactMap {
            UInt8(Self.signed.dropFirst($0).prefix(2), radix: 16)
        }
        for count in 0..<octets.count {
            #expect(throws: PacketDefect.self) { try PacketGate.checkPrimary(Array(octets[..<count]).span) }
        }
        #expect(throws: PacketDefect.trailingOctets) { try PacketGate.checkPrimary((octets + [0]).span) }
    }
}
