import DNSModel

/// Changes a message record by record; its counts and lengths stay true.
enum RecordMutation: CaseIterable {
    case double, doubleSection, multiply, remove, shuffle, move
    case insert, insertAlias, answerAnotherType
    case changeFlags, changeType, changeClass, changeTTL, changeOwner, changeCase
    case changeData, cutData, extendData, exchangeData
    case addOptions, addOPT

    func apply(to parts: inout MessageParts, _ seeds: [SeedMessage], using dice: inout Dice) {
        switch self {
        case .double, .doubleSection, .multiply, .remove, .shuffle, .move: rearrange(&parts, using: &dice)
        case .insert, .insertAlias, .answerAnotherType: add(to: &parts, from: seeds, using: &dice)
        case .changeFlags: parts.flags = dice.oneIn(2) ? parts.flags ^ 1 << UInt16(dice.below(16)) : dice.edge16()
        case .addOptions, .addOPT: addEDNS(to: &parts, using: &dice)
        default: parts.changeRecord(using: &dice) { change(&$0, seeds, using: &$1) }
        }
    }

    private func rearrange(_ parts: inout MessageParts, using dice: inout Dice) {
        let section = dice.below(3)
        let records = parts.sections[section]
        guard !records.isEmpty else { return }
        let index = dice.below(records.count)
        switch self {
        case .double: parts.sections[section].insert(records[index], at: dice.below(records.count + 1))
        case .doubleSection: parts.sections[dice.below(3)] += records
        case .multiply:
            let copies = Array(repeating: records[index], count: dice.pick(3, 20, 150, 1000))
            parts.sections[section] += copies
        case .remove: parts.sections[section].remove(at: index)
        case .shuffle: parts.sections[section].shuffle(using: &dice.generator)
        default: parts.sections[dice.below(3)].append(parts.sections[section].remove(at: index))
        }
    }

    private func add(to parts: inout MessageParts, from seeds: [SeedMessage], using dice: inout Dice) {
        guard let seed = dice.pick(from: seeds), var record = dice.pick(from: seed.parts.sections.flatMap(\.self))
        else { return }
        switch self {
        case .insertAlias:
            record = dice.alias(of: parts.question)
            parts.sections[0].insert(record, at: 0)
        case .answerAnotherType:
            record.owner = MessageParts.toQuestion
            parts.question = Question(parts.question.name, RecordType(rawValue: record.type))
            parts.sections[0] = [record]
        default:
            if dice.oneIn(2) { record.owner = MessageParts.toQuestion }
            parts.sections[dice.below(3)].append(record)
        }
    }

    private func change(_ record: inout MessageParts.Record, _ seeds: [SeedMessage], using dice: inout Dice) {
        let place = dice.below(record.data.count)
        switch self {
        case .changeType: record.type = dice.oneIn(2) ? dice.edge16() : UInt16(dice.below(260))
        case .changeClass: record.recordClass = dice.pick(0, 1, 3, 4, 254, 255, dice.edge16())
        case .changeTTL: record.ttl = dice.edge32()
        case .changeOwner: record.owner = dice.owner()
        case .changeCase: record.owner = record.owner.map { $0 & 0xDF > 0x40 && $0 < 0x80 ? $0 ^ 0x20 : $0 }
        case .changeData where !record.data.isEmpty: record.data[place] = dice.octet()
        case .cutData: record.data.removeLast(dice.below(record.data.count + 1))
        case .extendData: record.data.insert(contentsOf: dice.octets(dice.pick(1, 2, 8, 300)), at: place)
        case .exchangeData:
            let other = dice.pick(from: seeds).flatMap { dice.pick(from: $0.parts.sections[0]) }
            record.data = other?.data ?? record.data
        default: break
        }
    }

    private func addEDNS(to parts: inout MessageParts, using dice: inout Dice) {
        let options = dice.list(0...4) { $0.option() }.flatMap(\.self)
        if self == .addOptions,
            let index = parts.sections[2].firstIndex(where: { $0.type == MessageParts.Record.optType })
        {
            parts.sections[2][index].data += options
        } else {
            parts.sections[2].append(
                MessageParts.Record(
                    owner: [0], type: MessageParts.Record.optType, recordClass: dice.pick(512, 1232, dice.edge16()),
                    ttl: dice.pick(0, 0x8000, 0x0100_0000, dice.edge32()), data: options))
        }
    }
}

extension MessageParts {
    /// A pointer to the question's name.
    static let toQuestion: [UInt8] = [0xC0, 12]

    fileprivate mutating func changeRecord(using dice: inout Dice, _ change: (inout Record, inout Dice) -> Void) {
        let section = dice.below(3)
        guard !sections[section].isEmpty else { return }
        change(&sections[section][dice.below(sections[section].count)], &dice)
    }
}

extension Dice {
    /// A name as it may stand before a record: ordinary, compressed, or of the oddest that are allowed.
    fileprivate mutating func owner() -> [UInt8] {
        switch below(7) {
        case 0: return [0]
        case 1: return MessageParts.toQuestion
        case 2: return [1, octet()] + MessageParts.toQuestion
        case 3: return [0xC0 | UInt8(below(64)), octet()]
        case 4: return Array(repeatElement([1, octet()], count: 127).joined()) + [0]
        case 5: return [63] + octets(63) + [UInt8(below(64))] + octets(63) + [0]
        default: return [4, 0x1B, 0x5B, 0x32, 0x4A, 3, 0xE2, 0x80, 0xAE] + MessageParts.toQuestion
        }
    }

    /// A CNAME or DNAME that leads from the question or to it.
    fileprivate mutating func alias(of question: Question) -> MessageParts.Record {
        let target = pick([1, 120] + MessageParts.toQuestion, MessageParts.toQuestion, [0], owner())
        return MessageParts.Record(
            owner: pick(MessageParts.toQuestion, [0], owner()), type: pick(5, 39), recordClass: 1, ttl: edge32(),
            data: target)
    }

    /// An EDNS option: of the kinds that are read mostly, and of the lengths they should not have.
    fileprivate mutating func option() -> [UInt8] {
        let code = pick(3, 8, 15, 19, UInt16(below(24)), edge16())
        let data = pick([], [0], [0, 1], [0, 1, 24, 0], [0, 1, 33, 0, 192, 0, 2, 1, 9], [0, 15], octets(below(40)))
        let length = oneIn(12) ? edge16() : UInt16(data.count)
        return code.octets + length.octets + data
    }
}
