import DNSModel
import HTTPTypes
import Hummingbird

/// `/login` and `/logout`.
struct LoginRoutes: Sendable {
    let keeper: AccessKeeper
    let cookieName: String

    func add(to router: Router<WebContext>) {
        router.get("/login") { request, context in
            let next = Self.destination(request.uri.queryParameters.get("next"))
            guard !context.caller.isKnown else { return Response.redirect(to: next) }
            return Self.page(LoginPage(next: next))
        }
        router.post("/login") { request, context in try await logIn(request, context) }
        router.post("/logout") { request, context in try await logOut(request, context) }
    }

    private func logIn(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await WebForm(request, context)
        let next = Self.destination(form["next"])
        do throws(LoginRefusal) {
            let cookie = try await keeper.logIn(token: form["token"] ?? "", from: context.client ?? "")
            var response = Response.redirect(to: next)
            response.setCookie(self.cookie(cookie, maxAge: 7 * 86_400, isSecure: request.isSecure))
            return response
        } catch {
            switch error {
            case .wrongToken:
                return Self.page(LoginPage(next: next, problem: "That is not the token."), .forbidden)
            case .tooManyTries(let wait):
                let seconds = wait.components.seconds + 1
                let page = LoginPage(next: next, problem: "Too many wrong tries: try again in \(seconds) s.")
                var response = Self.page(page, .tooManyRequests)
                response.headers[.retryAfter] = "\(seconds)"
                return response
            }
        }
    }

    private func logOut(_ request: Request, _ context: WebContext) async throws -> Response {
        try await WebForm(request, context).check(context, keeper)
        if case .session(let session) = context.caller { await keeper.logOut(session) }
        var response = Response.redirect(to: "/login")
        response.setCookie(cookie("", maxAge: 0, isSecure: request.isSecure))
        return response
    }

    private func cookie(_ value: String, maxAge: Int, isSecure: Bool) -> Cookie {
        Cookie(
            name: cookieName, value: value, maxAge: maxAge, path: "/", secure: isSecure, httpOnly: true,
            sameSite: .strict)
    }

    private static func page(_ page: LoginPage, _ status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: page.html)))
    }

    /// A path of ours: what another site wrote into a link must not lead back there.
    static func destination(_ next: (some StringProtocol)?) -> String {
        guard let next, next.hasPrefix("/"), !next.hasPrefix("//"),
            next.utf8.allSatisfy({ $0.isASCIIAlphanumeric || "/-_.~%".utf8.contains($0) })
        else { return "/" }
        return String(next)
    }
}

extension Request {
    /// Whether a proxy in front of us speaks HTTPS. Whoever claims so falsely gets a cookie that is worth less to them.
    fileprivate var isSecure: Bool {
        HTTPField.Name("X-Forwarded-Proto").flatMap { headers[$0] }?.lowercased() == "https"
    }
}
