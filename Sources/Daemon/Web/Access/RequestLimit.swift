import HTTPTypes
import Hummingbird

/// Bounds the requests of each client, so that one that asks without end does not take what others need. Those who are known
/// may ask far more than those who are not.
struct RequestLimit: RouterMiddleware {
    let budget: RequestBudget

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        if context.door == .network {
            let client = context.caller.isKnown ? "known \(context.client ?? "")" : context.client ?? ""
            guard await budget.take(from: client, isKnown: context.caller.isKnown) else {
                throw Problem(.tooManyRequests, "too many requests: ask again in a second", headers: [.retryAfter: "1"])
            }
        }
        return try await next(request, context)
    }
}

/// Buckets of requests, one for each client, that fill up as time goes by.
actor RequestBudget {
    private struct Bucket {
        var left: Double
        var at: ContinuousClock.Instant
    }

    /// How many requests in a second, and how many at once after a pause.
    struct Rate: Hashable, Sendable {
        var perSecond: Double
        var atOnce: Double
    }

    private let unknown: Rate
    private let known: Rate
    private var buckets: [String: Bucket] = [:]
    private let clock = ContinuousClock()
    private static let limit = 10_000

    init(
        unknown: Rate = Rate(perSecond: 10, atOnce: 40), known: Rate = Rate(perSecond: 500, atOnce: 1000)
    ) {
        self.unknown = unknown
        self.known = known
    }

    /// Takes one request out of a client's bucket; false when it is empty.
    func take(from client: String, isKnown: Bool) -> Bool {
        let (rate, now) = (isKnown ? known : unknown, clock.now)
        if buckets.count >= Self.limit { buckets = buckets.filter { now - $0.value.at < .seconds(60) } }
        // So many clients at once are an attack: those that are not known already wait.
        guard buckets.count < Self.limit || buckets[client] != nil else { return isKnown }
        var bucket = buckets[client] ?? Bucket(left: rate.atOnce, at: now)
        bucket.left = min(rate.atOnce, bucket.left + (now - bucket.at) / .seconds(1) * rate.perSecond)
        bucket.at = now
        let isEnough = bucket.left >= 1
        if isEnough { bucket.left -= 1 }
        buckets[client] = bucket
        return isEnough
    }
}
