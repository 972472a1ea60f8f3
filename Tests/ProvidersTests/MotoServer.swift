import DNSModel
import TestSupport
import Wire

@testable import Providers

/// Moto's Route 53 on 127.0.0.1, with one hosted zone.
final class MotoServer: Sendable {
    let url: String
    let zoneID: String
    private let process: ChildProcess

    private static let python = ChildProcess.path(of: "python3")

    /// It comes from PyPI alone, so it is seldom there.
    static let isInstalled: Bool = {
        guard let python, let process = try? ChildProcess(python, ["-c", "import moto.server"]) else { return false }
        return process.exitCode() == 0
    }()

    init(zone: String) async throws {
        guard let python = Self.python else { throw MissingProgram("python3") }
        let port = try LoopbackSocket.freePort()
        url = "http://127.0.0.1:\(port)"
        process = try ChildProcess(python, ["-m", "moto.server", "-H", "127.0.0.1", "-p", "\(port)"])
        let (process, address) = (process, url)
        guard await blocking({ process.waitForLine(containing: "Running on") }) else {
            throw MissingProgram("a moto server that starts")
        }
        var request = HTTPRequest(
            .post, address + "/2013-04-01/hostedzone", headers: [HTTPHeader("Content-Type", "application/xml")],
            timeout: .seconds(60))
        request.body = Array(
            ("<CreateHostedZoneRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\">"
                + "<Name>\(zone).</Name><CallerReference>1</CallerReference></CreateHostedZoneRequest>").utf8)
        request.signature = AWSSignature(
            accessKeyID: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: Secret("x"), region: "us-east-1", service: "route53")
        let response = try await HTTPClient().send(request)
        let id = try XMLElement(parsing: response.body)["HostedZone"]?["Id"]?.text.split(separator: "/").last
        guard let id else { throw MissingProgram("a hosted zone of moto's: \(response.text)") }
        zoneID = String(id)
    }
}
