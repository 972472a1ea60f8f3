import Glibc
import Synchronization

/// Places of the pipeline at which a test has the process die without a word, as by `kill -9`.
///
/// `DNSCONVERGE_CRASH=after-call:2` lets it die when the place is reached for the second time. In release builds nothing
/// happens.
package final class CrashPoints: Sendable {
    package enum Point: String, CaseIterable, Sendable {
        case beforeIntent = "before-intent"
        case afterIntent = "after-intent"
        case beforeCall = "before-call"
        case afterCall = "after-call"
        case afterOutcome = "after-outcome"
        case following
        case afterFollowing = "after-following"
    }

    package static let fromEnvironment = CrashPoints(getenv("DNSCONVERGE_CRASH").map { String(cString: $0) })

    private let point: Point?
    private let count: Int
    // Counts how often the point was reached, by tasks of several schemes.
    private let reached = Atomic<Int>(0)

    init(_ setting: String?) {
        let parts = (setting ?? "").split(separator: ":")
        point = parts.first.flatMap { Point(rawValue: String($0)) }
        count = parts.count > 1 ? Int(parts[1]) ?? 1 : 1
    }

    package func reach(_ point: Point) {
        #if DEBUG
            guard point == self.point else { return }
            if reached.add(1, ordering: .relaxed).newValue == count { kill(getpid(), SIGKILL) }
        #endif
    }
}
