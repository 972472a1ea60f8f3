import Glibc

/// The program that was built together with the tests.
package enum BuiltProgram {
    /// Where it stands: beside the test program.
    package static var path: String { get throws { try path(of: "dnsconverge") } }

    /// Where a program stands that was built for the tests alone.
    package static func path(of name: String) throws -> String {
        var buffer = [CChar](repeating: 0, count: 4096)
        guard readlink("/proc/self/exe", &buffer, buffer.count - 1) > 0 else { throw SystemCallFailure("readlink") }
        let tests = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return (tests.lastIndex(of: "/").map { String(tests[..<$0]) } ?? ".") + "/" + name
    }
}
