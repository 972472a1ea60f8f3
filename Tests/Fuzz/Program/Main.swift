import FoundationEssentials
import Glibc

/// Tries cases until one fails: `dnsconverge-fuzz COUNT SEED FIRST FILE`. While it runs, FILE holds the number of the case
/// that is being tried, so that it is known when the program dies of it. `dnsconverge-fuzz message SEED NUMBER` prints
/// the message that a case begins with, in hexadecimal.
@main
enum Fuzz {
    static func main() {
        do {
            try run(Array(CommandLine.arguments.dropFirst()))
        } catch {
            write("\(error)")
            exit(1)
        }
    }

    private static func run(_ arguments: [String]) throws(FuzzFailure) {
        if arguments.count == 3, arguments[0] == "message", let seed = UInt64(arguments[1]),
            let number = Int(arguments[2])
        {
            let octets = try FuzzCases(seed: seed).message(number)
            write(octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
        } else if arguments.count == 4, let count = Int(arguments[0]), let seed = UInt64(arguments[1]),
            let first = Int(arguments[2])
        {
            var worst = WorstCases()
            try worst.run()
            var run = FuzzRun(numbers: first..<first + count, cases: try FuzzCases(seed: seed))
            try run.perform(notingIn: arguments[3])
        } else {
            throw FuzzFailure("usage: dnsconverge-fuzz COUNT SEED FIRST FILE, or dnsconverge-fuzz message SEED NUMBER")
        }
    }

    static func write(_ line: String) {
        print(line)
        fflush(nil)
    }
}
