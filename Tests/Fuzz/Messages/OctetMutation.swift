/// Changes a message without regard to what its octets mean.
enum OctetMutation: CaseIterable {
    case flipBit, setOctet, setEdge, setNumber, setPointer
    case cutEnd, extendEnd, remove, double, splice
    case lieAboutCount

    /// Changes something at or behind `start`, where there is anything.
    func apply(to octets: inout [UInt8], from start: Int, _ seeds: [SeedMessage], using dice: inout Dice) {
        if self == .lieAboutCount, octets.count >= 12 {
            octets.replaceNumber(
                at: dice.pick(4, 6, 8, 10), with: dice.oneIn(2) ? UInt16(dice.below(4)) : dice.edge16())
        }
        guard start + 1 < octets.count else { return extend(&octets, using: &dice) }
        let place = start + dice.below(octets.count - start - 1)
        let end = min(octets.count, place + 1 + dice.below(dice.pick(4, 16, 64)))
        switch self {
        case .flipBit: octets[place] ^= 1 << UInt8(dice.below(8))
        case .setOctet: octets[place] = dice.octet()
        case .setEdge: octets[place] = dice.pick(0, 1, 62, 63, 64, 127, 128, 191, 192, 254, 255)
        case .setNumber: octets.replaceNumber(at: place, with: dice.edge16())
        case .setPointer: octets.replaceNumber(at: place, with: 0xC000 | UInt16(target(place, octets.count, &dice)))
        case .cutEnd: octets.removeLast(min(octets.count - 1, dice.oneIn(2) ? dice.below(8) : dice.below(octets.count)))
        case .extendEnd: extend(&octets, using: &dice)
        case .remove: octets.removeSubrange(place..<end)
        case .double: octets.insert(contentsOf: octets[place..<end], at: place)
        case .splice:
            guard let other = dice.pick(from: seeds)?.octets else { return }
            let from = dice.below(other.count)
            let piece = other[from..<min(other.count, from + end - place)]
            octets.replaceSubrange(place..<(dice.oneIn(2) ? end : place), with: piece)
        case .lieAboutCount: break
        }
    }

    private func extend(_ octets: inout [UInt8], using dice: inout Dice) {
        octets += dice.octets(dice.pick(1, 2, 11, 40))
    }

    /// Where a pointer leads: to itself, shortly before or after it, to the question, or anywhere.
    private func target(_ place: Int, _ count: Int, _ dice: inout Dice) -> Int {
        max(0, dice.pick(place, place - 2, place + 2, 12, 0, count - 1, dice.below(count), dice.below(0x4000))) & 0x3FFF
    }
}

extension [UInt8] {
    fileprivate mutating func replaceNumber(at place: Int, with number: UInt16) {
        self[place] = UInt8(number >> 8)
        self[place + 1] = UInt8(number & 0xFF)
    }
}
