import DNSModel
import Wire

/// Posts a notice as JSON to a URL, and again when that fails in passing.
struct WebhookDelivery<C: Clock>: Sendable where C.Duration == Duration {
    private let webhook: NotificationSettings.Webhook
    private let http: HTTPClient
    private let clock: C

    /// Between the tries, the largest last.
    private static var pauses: [Duration] { [.seconds(1), .seconds(5), .seconds(30)] }
    private static var longestPause: Duration { .seconds(60) }

    init(_ webhook: NotificationSettings.Webhook, _ http: HTTPClient, _ clock: C) {
        (self.webhook, self.http, self.clock) = (webhook, http, clock)
    }

    /// Why it could not be delivered; nil when it was.
    func deliver(_ notice: Notice) async -> String? {
        let request = request(notice)
        var failure = ""
        for pause in Self.pauses.map(Optional.some) + [nil] {
            var pause = pause
            do throws(TransferFailure) {
                let response = try await http.send(request)
                if (200..<300).contains(response.status) { return nil }
                failure = "HTTP \(response.status)"
                guard response.status == 429 || response.status >= 500 else { break }
                if let wanted = response.header("Retry-After").flatMap({ UInt32($0) }), let usual = pause {
                    pause = max(usual, min(.seconds(Int64(wanted)), Self.longestPause))
                }
            } catch {
                failure = error.description
            }
            guard let pause else { break }
            do { try await clock.sleep(for: pause) } catch { break }
        }
        return "webhook \(webhook.origin): \(failure); “\(notice.code)” was not delivered"
    }

    private func request(_ notice: Notice) -> HTTPRequest {
        let fixed = [HTTPHeader("Content-Type", "application/json"), HTTPHeader("User-Agent", "dnsconverge")]
        let given = webhook.headers.sorted { $0.key < $1.key }.map { HTTPHeader($0.key, $0.value.revealed) }
        return HTTPRequest(
            .post, webhook.url.revealed, headers: fixed + given, body: Array((notice.json.text + "\n").utf8),
            timeout: .seconds(10))
    }
}
