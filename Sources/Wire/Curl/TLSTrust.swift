import FoundationEssentials

/// Which authorities may have signed a server's certificate: the system's, and those in one more file.
package struct TLSTrust: Hashable, Sendable {
    /// A file of certificates in PEM form.
    package let additionalCAFile: String?

    package static let system = TLSTrust(unchecked: nil)

    /// Trusts the authorities in `file` too; throws `badRequest` when it cannot be read or holds no certificate.
    package init(additionalCAFile file: String) throws(TransferFailure) {
        guard let contents = FileManager.default.contents(atPath: file) else {
            throw .badRequest("CA file \(file): cannot be read; give a readable file of certificates in PEM form")
        }
        guard contents.firstRange(of: "-----BEGIN CERTIFICATE-----".utf8) != nil else {
            throw .badRequest("CA file \(file): no certificate in PEM form in it")
        }
        self.init(unchecked: file)
    }

    private init(unchecked file: String?) {
        additionalCAFile = file
    }
}
