import DNSModel

/// A reply that has been tampered with, and the question it is taken to answer.
struct Mutant {
    let question: Question
    let octets: [UInt8]

    /// Changes one of `seeds`: records as a whole, octets, or both. Few changes are likelier than many, so that much of
    /// what comes out can still be decoded.
    init(of seeds: [SeedMessage], using dice: inout Dice) {
        guard let seed = dice.pick(from: seeds) else { preconditionFailure("there is nothing to mutate") }
        var parts = seed.parts
        let changesRecords = !dice.oneIn(4)
        if changesRecords {
            for _ in 0..<dice.pick(1, 1, 2, 3, 6) {
                dice.pick(from: RecordMutation.allCases)?.apply(to: &parts, seeds, using: &dice)
            }
        }
        var octets = changesRecords ? parts.octets : seed.octets
        if !changesRecords || dice.oneIn(4) {
            // The question stays as it is most of the time: with another one a reply goes no further.
            let start = dice.oneIn(20) ? 2 : 12 + parts.question.octets.count
            for _ in 0..<dice.pick(1, 1, 1, 2, 4) {
                dice.pick(from: OctetMutation.allCases)?.apply(to: &octets, from: start, seeds, using: &dice)
            }
        }
        question = parts.question
        self.octets = octets
    }
}
