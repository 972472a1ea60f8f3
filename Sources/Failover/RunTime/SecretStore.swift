import DNSModel
import FoundationEssentials
import Glibc

/// Files for secrets that were given while the program ran: a directory beside the journal that only its owner may read.
package struct SecretStore: Sendable {
    package let directory: String

    /// Beside that file.
    package init(besides file: String) {
        directory = (file.lastIndex(of: "/").map { String(file[..<$0]) } ?? ".") + "/secrets"
    }

    /// Writes a secret into a file of its own, and gives the reference to it.
    package func keep(_ secret: Secret, of scheme: SchemeName) throws(SecretProblem) -> String {
        guard mkdir(directory, 0o700) == 0 || errno == EEXIST else { throw problem(directory) }
        let path = "\(directory)/\(scheme)-\(UInt64.random(in: .min ... .max))"
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw problem(path) }
        defer { close(file) }
        let octets = Array(secret.revealed.utf8)
        guard write(file, octets, octets.count) == octets.count, fsync(file) == 0 else {
            unlink(path)
            throw problem(path)
        }
        return "file:\(path)"
    }

    /// Whether the reference leads to a file of ours.
    package func owns(_ reference: String) -> Bool {
        guard reference.hasPrefix("file:\(directory)/") else { return false }
        return !reference.dropFirst(6 + directory.utf8.count).contains("/")
    }

    /// Takes away the files that nobody refers to any more.
    package func forget(_ references: some Sequence<String>) {
        for reference in references where owns(reference) { unlink(String(reference.dropFirst(5))) }
    }

    private func problem(_ path: String) -> SecretProblem {
        SecretProblem("\(path) cannot be written (\(String(cString: strerror(errno)))): the secret has no place")
    }
}
