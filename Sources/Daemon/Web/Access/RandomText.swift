/// Text that nobody can guess.
enum RandomText {
    /// So many random bits in hexadecimal, from the system's generator.
    static func make(bits: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<bits / 8).reduce(into: "") { text, _ in
            let octet = UInt8.random(in: .min ... .max, using: &generator)
            text += (octet < 16 ? "0" : "") + String(octet, radix: 16)
        }
    }
}

extension String {
    /// Compares as secrets must be: how long it takes depends on the lengths, and not on where the first difference is.
    func isSameSecret(as other: String) -> Bool {
        let (mine, theirs) = (Array(utf8), Array(other.utf8))
        // Every octet of what was given is looked at, whatever its length.
        var difference = UInt(bitPattern: mine.count ^ theirs.count)
        for (index, octet) in theirs.enumerated() {
            difference |= UInt(octet ^ (mine.isEmpty ? 0 : mine[index % mine.count]))
        }
        return difference == 0 && !mine.isEmpty
    }
}
