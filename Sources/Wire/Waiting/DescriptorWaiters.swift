/// Those who wait, by ticket, and when each gives up. A ticket is given out before its holder waits and is used once.
struct DescriptorWaiters {
    private struct Place {
        /// How often the place was used before: the upper half of its ticket.
        var generation: UInt32 = 0
        var waiter: DescriptorWaiter?
    }

    private var places: [Place] = []
    private var free: [Int] = []
    private var timers = TimerHeap(slots: 0)
    /// Until when the loop's thread sleeps; nil while it works.
    private var asleepUntil: UInt64?

    mutating func reserve() -> UInt64 {
        let place = free.popLast() ?? places.count
        if place == places.count { places.append(Place()) }
        return UInt64(places[place].generation) << 32 | UInt64(place)
    }

    /// Takes the waiter in, until a time of the monotonic clock; whether the thread sleeps longer than that.
    mutating func begin(_ waiter: DescriptorWaiter, _ ticket: UInt64, until time: UInt64?) -> Bool {
        let place = Int(ticket & 0xFFFF_FFFF)
        places[place].waiter = waiter
        guard let time else { return false }
        timers.set(place, to: time)
        return asleepUntil.map { time < $0 } ?? false
    }

    /// Lets the ticket's holder go; nil when it does not wait.
    mutating func end(_ ticket: UInt64) -> DescriptorWaiter? {
        let place = Int(ticket & 0xFFFF_FFFF)
        guard place < places.count, places[place].generation == UInt32(ticket >> 32),
            let waiter = places[place].waiter
        else { return nil }
        timers.clear(place)
        places[place] = Place(generation: places[place].generation &+ 1)
        free.append(place)
        return waiter
    }

    /// The ticket whose time is over longest; nil when none is.
    mutating func popDue(at now: UInt64) -> UInt64? {
        asleepUntil = nil
        return timers.popDue(at: now).map { UInt64(places[$0].generation) << 32 | UInt64($0) }
    }

    /// Notes that the thread goes to sleep, and gives until when: nil until something happens.
    mutating func sleep() -> UInt64? {
        asleepUntil = timers.next ?? .max
        return timers.next
    }
}
