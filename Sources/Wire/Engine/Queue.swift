/// First in, first out.
struct Queue<Element> {
    private var storage: [Element] = []
    private var head = 0

    var isEmpty: Bool { head == storage.count }
    var count: Int { storage.count - head }

    mutating func append(_ element: Element) {
        storage.append(element)
    }

    mutating func popFirst() -> Element? {
        guard head < storage.count else { return nil }
        defer { compact() }
        head += 1
        return storage[head - 1]
    }

    /// Takes out what matches, and gives it in order.
    mutating func removeAll(where matches: (Element) -> Bool) -> [Element] {
        let taken = storage[head...].filter(matches)
        storage = storage[head...].filter { !matches($0) }
        head = 0
        return taken
    }

    private mutating func compact() {
        if head == storage.count {
            storage.removeAll(keepingCapacity: head <= 4096)
            head = 0
        } else if head >= 1024, head > storage.count / 2 {
            storage.removeFirst(head)
            head = 0
        }
    }
}
