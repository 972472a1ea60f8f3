/// What the argument parser has to say about a command line, as one line in the program's own voice.
struct UsageMessage {
    let text: String

    /// The line points to `help`, the command that prints the help.
    init(_ message: String, help: String) {
        let lines = message.split(separator: "\n").map { line in line.drop { $0 == " " } }
        var joined = lines.joined(separator: " ")
        // The parser begins its sentences with a capital; ours go on after "dnsconverge:".
        if let first = joined.first, joined.dropFirst().first?.isLowercase ?? false {
            joined = first.lowercased() + joined.dropFirst()
        }
        if joined.hasSuffix(".") { joined.removeLast() }
        text = "\(joined); see '\(help)'"
    }
}
