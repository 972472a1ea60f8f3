import FoundationEssentials

/// What operators have ordered and is in force.
package struct StandingOrders: Hashable, Sendable, Codable {
    package struct Pin: Hashable, Sendable, Codable {
        package let server: ServerName
        package let order: Order
    }

    package struct Pretence: Hashable, Sendable, Codable {
        package let health: Health
        package let order: Order
    }

    package private(set) var maintenance: [ServerName: Order] = [:]
    package private(set) var pin: Pin?
    package private(set) var freeze: Order?
    package private(set) var pretences: [ServerName: Pretence] = [:]

    package init() {}

    /// Puts an order into force, or takes one back. Those that are done with at once change nothing here.
    package mutating func take(_ order: FailoverOrder) {
        switch order {
        case .startMaintenance(let server, let order): maintenance[server] = order
        case .endMaintenance(let server, _): maintenance[server] = nil
        case .pin(let server, let order): pin = Pin(server: server, order: order)
        case .unpin: pin = nil
        case .freeze(let order): freeze = order
        case .unfreeze: freeze = nil
        case .pretend(let server, let health, let order): pretences[server] = Pretence(health: health, order: order)
        case .endPretence(let server, _): pretences[server] = nil
        case .push, .failBack: break
        }
    }

    /// Drops the orders whose time is over, and gives them.
    package mutating func expire(at now: Date) -> [FailoverOrder] {
        let over = all.filter { $0.order.isOver(at: now) }.map(\.kind)
        maintenance = maintenance.filter { !$0.value.isOver(at: now) }
        pretences = pretences.filter { !$0.value.order.isOver(at: now) }
        if pin?.order.isOver(at: now) ?? false { pin = nil }
        if freeze?.isOver(at: now) ?? false { freeze = nil }
        return over
    }

    /// Forgets what was ordered of servers that are no more.
    mutating func keep(_ servers: Set<ServerName>) {
        maintenance = maintenance.filter { servers.contains($0.key) }
        pretences = pretences.filter { servers.contains($0.key) }
        if let pin, !servers.contains(pin.server) { self.pin = nil }
    }

    package var nextExpiry: Date? { all.compactMap(\.order.until).min() }

    private var all: [(kind: FailoverOrder, order: Order)] {
        var all = maintenance.sorted { $0.key < $1.key }.map { (FailoverOrder.startMaintenance($0, $1), $1) }
        if let pin { all.append((.pin(pin.server, pin.order), pin.order)) }
        if let freeze { all.append((.freeze(freeze), freeze)) }
        all += pretences.sorted { $0.key < $1.key }.map { (.pretend($0, $1.health, $1.order), $1.order) }
        return all
    }
}
