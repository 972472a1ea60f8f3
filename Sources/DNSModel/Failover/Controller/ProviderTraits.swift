/// What a service can do.
package struct ProviderTraits: Hashable, Sendable, Codable {
    /// Refuses a change when the old values are not what it has.
    package var comparesAndSets = false
    /// `current` says what the service has.
    package var readsBack = false
    /// The record types that it takes; nil: all of them.
    package var types: Set<RecordType>?
    /// Several values under one name.
    package var takesSeveralValues = true
    /// No record need exist beforehand, and one can be taken away.
    package var createsAndDeletes = true
    /// Least time between two changes that the service wants; nil: none.
    package var minInterval: Duration?
    /// How long after an accepted change its servers may still have the old value. Only then may the same change be sent
    /// again by somebody who does not know whether it was taken.
    package var settleTime = Duration.seconds(30)
    /// TTLs that the service takes; nil: none can be given.
    package var ttls: ClosedRange<UInt32>? = 0...2_147_483_647

    package init() {}
}
