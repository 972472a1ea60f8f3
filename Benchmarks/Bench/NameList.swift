import ArgumentParser
import Glibc

/// A file of names, one on each line, read a part at a time: the list may be larger than memory should be.
struct NameList: ~Copyable {
    private static let partSize = 65_536

    private let descriptor: Int32
    private var part: [UInt8] = []
    private var position = 0
    private var hasEnded = false

    init(path: String) throws {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ValidationError("\(path): \(String(cString: strerror(errno)))") }
    }

    deinit {
        close(descriptor)
    }

    /// The next names, at most `count`; none at the end of the list.
    mutating func next(_ count: Int) throws -> [BenchName] {
        var names: [BenchName] = []
        names.reserveCapacity(count)
        while names.count < count, let line = try nextLine() {
            guard let name = BenchName(line: line) else {
                throw ValidationError("\(String(decoding: line, as: UTF8.self)) is no name of the benchmark's zone")
            }
            names.append(name)
        }
        return names
    }

    private mutating func nextLine() throws -> ArraySlice<UInt8>? {
        while true {
            if let end = part[position...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { position = end + 1 }
                return part[position..<end]
            }
            if hasEnded { return nil }
            try readPart()
        }
    }

    /// Reads on behind what is left of the last part.
    private mutating func readPart() throws {
        let rest = Array(part[position...])
        let descriptor = descriptor
        var failed = false
        part = [UInt8](unsafeUninitializedCapacity: rest.count + Self.partSize) { buffer, count in
            for (place, octet) in rest.enumerated() { buffer[place] = octet }
            let received = read(descriptor, buffer.baseAddress.map { $0 + rest.count }, Self.partSize)
            failed = received < 0
            count = rest.count + max(0, received)
        }
        position = 0
        hasEnded = part.count == rest.count
        if failed { throw ValidationError("cannot read the names: \(String(cString: strerror(errno)))") }
    }
}
