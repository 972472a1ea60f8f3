import DNSModel
import FoundationEssentials
import Wire

/// What all schemes of an engine share.
package struct EngineParts: Sendable {
    package var journal: any Journal
    package var network: Network
    package var lookout: Lookout
    package var follower: ChangeFollower
    package var publisher: Publisher
    package var numbers: ChangeNumbers
    package var clock: any Clock<Duration>
    package var now: @Sendable () -> Date
    package var timing: FailoverTiming
    /// Is told of alerts and of what has happened.
    package var observer: any EngineObserver

    package init(
        journal: any Journal, network: Network, lookout: Lookout, follower: ChangeFollower, publisher: Publisher,
        numbers: ChangeNumbers, clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Date = { Date() }, timing: FailoverTiming = FailoverTiming(),
        observer: any EngineObserver = SilentObserver()
    ) {
        self.journal = journal
        self.network = network
        self.lookout = lookout
        self.follower = follower
        self.publisher = publisher
        self.numbers = numbers
        self.clock = clock
        self.now = now
        self.timing = timing
        self.observer = observer
    }
}

/// Who is told what an engine does: the log, notifications.
package protocol EngineObserver: Sendable {
    func alert(_ alert: Alert, of scheme: SchemeName) async
    /// Something for the history has happened.
    func record(_ record: JournalRecord) async
    /// A change has got as far as that.
    func spread(_ spread: Spread, of plan: ChangePlan, convergence: Convergence) async
    /// Something that a status page shows of the scheme may be other than before. It is called often, and must be quick.
    func changed(_ scheme: SchemeName)
}

extension EngineObserver {
    package func changed(_ scheme: SchemeName) {}
}

package struct SilentObserver: EngineObserver {
    package init() {}
    package func alert(_ alert: Alert, of scheme: SchemeName) {}
    package func record(_ record: JournalRecord) {}
    package func spread(_ spread: Spread, of plan: ChangePlan, convergence: Convergence) {}
}

/// Gives every change of every scheme a number that none had before. The numbers of a scheme only grow; some may be missing.
package actor ChangeNumbers {
    private var last: ChangeNumber

    /// Goes on after the last change that a journal knows.
    package init(after last: ChangeNumber) {
        self.last = last
    }

    package func next() -> ChangeNumber {
        last = ChangeNumber(last.value + 1)
        return last
    }

    /// Takes back a number that was not used, unless a later one is out already.
    package func giveBack(_ number: ChangeNumber) {
        if number == last { last = ChangeNumber(last.value - 1) }
    }
}
