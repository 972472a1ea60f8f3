/// Does something that blocks on a thread of its own, so that tests that wait do not starve those that work.
package func blocking<Value: Sendable, Failure: Error>(
    _ body: @escaping @Sendable () throws(Failure) -> Value
) async throws(Failure) -> Value {
    let result: Result<Value, Failure> = await withCheckedContinuation { continuation in
        let work: @Sendable () -> Void = {
            continuation.resume(returning: Result { () throws(Failure) in try body() })
        }
        do { try Thread.detach(work) } catch { work() }
    }
    return try result.get()
}
