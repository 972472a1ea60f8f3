/// Lets one in at a time; others wait in the order in which they came, and leave when they are cancelled.
actor Turnstile {
    private var isTaken = false
    private var waiting: [(number: Int, continuation: CheckedContinuation<Void, Never>)] = []
    private var lastNumber = 0

    /// Runs `body` alone. When the task is cancelled, it runs at once, and has to notice that.
    func run(_ body: @Sendable () async -> Void) async {
        let hasEntered = await enter()
        await body()
        if hasEntered { leave() }
    }

    private func enter() async -> Bool {
        guard isTaken else {
            isTaken = true
            return true
        }
        lastNumber += 1
        let number = lastNumber
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiting.append((number, $0)) }
        } onCancel: {
            Task { await self.give(up: number) }
        }
        return entered.remove(number) != nil
    }

    /// Those who were let in and have not gone on yet.
    private var entered: Set<Int> = []

    private func leave() {
        guard let next = waiting.first else {
            isTaken = false
            return
        }
        waiting.removeFirst()
        entered.insert(next.number)
        next.continuation.resume()
    }

    private func give(up number: Int) {
        guard let index = waiting.firstIndex(where: { $0.number == number }) else { return }
        waiting.remove(at: index).continuation.resume()
    }
}
