import DNSModel
import FoundationEssentials
import Glibc
import TestSupport
import Testing

extension InTheWorld {
    @Suite("A watch ends when all has converged, at its deadline, or when it is told to")
    struct WatchTests {
        @Test("It ends well once each operator has confirmed it with one more answer")
        func confirmed() async throws {
            let world = try await MiniatureInternet.running()
            try await world.command("warm", "www.z08.net")
            let trace = try await Trace(in: world)
            let (lines, exitCode) = try await Watching(["www.z08.net"], in: world).end()
            let about = Comment(rawValue: lines.joined(separator: "\n"))
            #expect(exitCode == 0, about)
            #expect(lines.last?.contains("OK: 14/14 operators") ?? false, about)
            let asked = try await trace.recorded().filter {
                $0.kind == .query && $0.from == "client" && $0.name == "www.z08.net"
            }
            for node in ["google", "cloudflare", "opendns", "he", "yandex", "cznic", "cira-private"] {
                let questions = asked.filter { $0.to == node }
                // Its two addresses, and then one of them again.
                #expect(questions.count == 3, "\(node) was asked \(questions.count) times")
            }
        }

        static let deadlines: [Case<[String], Int32>] = [
            Case("what is only a warning becomes critical", ["www.stale-secondary.org"], 2),
            Case("what could not be measured stays unknown", ["www.z08.net", "--resolver", "4.2.2.10"], 3),
        ]

        @Test("At the deadline it ends with what it has, and never with less than CRITICAL", arguments: deadlines)
        func deadline(_ row: Case<[String], Int32>) async throws {
            let world = try await MiniatureInternet.running()
            let watching = try Watching(row.input + ["--deadline", "3s", "--timeout", "300ms"], in: world)
            let (lines, exitCode) = await watching.end()
            #expect(exitCode == row.output, Comment(rawValue: lines.joined(separator: "\n")))
        }

        @Test("A signal ends it with the last state and its code", arguments: [SIGINT, SIGTERM, SIGHUP])
        func interrupted(signal: Int32) async throws {
            let world = try await MiniatureInternet.running()
            let watching = try Watching(["www.stale-secondary.org"], in: world)
            while let line = await watching.line(), !line.contains("held") {}
            watching.signal(signal)
            let (lines, exitCode) = await watching.end()
            #expect(exitCode == 1, "\(lines)")
        }

        @Test("Interrupted before anything is known, it says so and ends with UNKNOWN")
        func interruptedEarly() async throws {
            let world = try await MiniatureInternet.running()
            let trace = try await Trace(in: world)
            try await world.silencing(world.node("client").addresses) {
                let watching = try Watching(["www.z08.net", "--format", "json"], in: world)
                for await event in try trace.live() where event.name == "www.z08.net" { break }
                watching.signal(SIGINT)
                let (lines, exitCode) = await watching.end()
                #expect(exitCode == 3, "\(lines)")
            }
        }

        @Test("On a terminal it redraws one screen, gives it back, and leaves the report")
        func terminal() async throws {
            let world = try await MiniatureInternet.running()
            let name = "n\(UInt32.random(in: 0...UInt32.max)).z09.net"
            try await world.publish(name, ttl: 5, "192.0.2.9")
            try await world.command("warm", name)
            try await world.publish(name, ttl: 5, "198.51.100.9")
            let words = try world.words("watch", [name, "--was", "192.0.2.9"]).map { "'\($0)'" }
            let shell = "stty cols 80 rows 24; exec \(words.joined(separator: " "))"
            let result = try await Command.run(["script", "-qec", shell, "/dev/null"])
            #expect(result.exitCode == 0, "\(result.output)")
            let parts = result.output.split(separator: "\u{1B}[?1049", omittingEmptySubsequences: false)
            try #require(parts.count == 3, "one other screen, entered and left")
            let (drawn, left) = (parts[1], parts[2])
            #expect(drawn.contains("192.0.2.9") && drawn.contains("stale"), "\(drawn)")
            // The cursor is placed again and again, while the whole screen is cleared only once.
            #expect(drawn.split(separator: "\u{1B}[").count > 50)
            #expect(left.hasPrefix("l"), "the screen is given back at last")
            #expect(left.contains("OK") && left.contains("14/14 operators"), "\(left)")
            #expect(left.contains("198.51.100.9") || left.contains("converged"), "\(left)")
        }
    }
}
