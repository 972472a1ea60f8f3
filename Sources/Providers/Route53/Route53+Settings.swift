import DNSModel
import Wire

extension Route53 {
    static let zoneForm = "the hosted zone's ID, such as Z0123456789ABCDEFGHIJ"

    /// The ID alone, also when it is written as the service's interface does: `/hostedzone/Z0123456789ABCDEFGHIJ`.
    static func zoneID(_ text: String) -> String? {
        let id = text.split(separator: "/").last.map(String.init) ?? ""
        guard [id, "hostedzone/\(id)", "/hostedzone/\(id)"].contains(text) else { return nil }
        return (1...32).contains(id.utf8.count) && id.utf8.allSatisfy(\.isASCIIAlphanumeric) ? id : nil
    }

    /// Who we are to Amazon. The region is that of the service and not of the zone, which has none.
    static func signature(reading settings: inout SettingReader) -> AWSSignature? {
        let id = settings.required("access_key_id", accessKeyID(reading: &settings), form: "env:NAME or file:PATH")
        let key = settings.required(
            "secret_access_key", settings.secret("secret_access_key"), form: "env:NAME or file:PATH")
        let token = settings.secret("session_token")
        let region = settings.value("region", form: "a region such as us-east-1") { text in
            text.utf8.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") } ? text : nil
        }
        guard let id, let key else { return nil }
        return AWSSignature(
            accessKeyID: id, secretAccessKey: key, sessionToken: token, region: region ?? "us-east-1",
            service: "route53")
    }

    /// The key's ID is no secret, but it mostly stands where its secret does.
    private static func accessKeyID(reading settings: inout SettingReader) -> String? {
        let form = "an access key ID such as AKIAIOSFODNN7EXAMPLE, or env:NAME or file:PATH"
        guard let text = settings.text("access_key_id") else { return nil }
        let isReference = text.hasPrefix("env:") || text.hasPrefix("file:")
        guard let id = isReference ? settings.secret("access_key_id")?.revealed : text else { return nil }
        guard !id.isEmpty, id.utf8.allSatisfy(\.isASCIIAlphanumeric) else {
            settings.note("access_key_id", "is no access key ID; give \(form)")
            return nil
        }
        return id
    }
}
