import DNSModel
import FoundationEssentials

/// What was pushed to us, by server. It outlives configurations.
package actor HeartbeatBoard {
    package struct Beat: Hashable, Sendable {
        package let health: Health
        package let text: String
        package let time: Date
    }

    private var beats: [CheckID: Beat] = [:]

    package init() {}

    package func note(_ health: Health, _ text: String, from server: CheckID, at time: Date) {
        beats[server] = Beat(health: health, text: text, time: time)
    }

    package func last(from server: CheckID) -> Beat? { beats[server] }
}
