import DNSModel

/// The page that asks for the token.
struct LoginPage {
    /// Where to go afterwards.
    let next: String
    var problem: String?

    var html: String {
        let problem: HTML =
            problem.map { "<p role=\"alert\">\(Mark(.cross, .bad, $0).html)</p>\n" } ?? .empty
        return BarePage(
            title: "Log in",
            content: """
                \(problem)<form method="post" action="/login">
                <input type="hidden" name="next" value="\(next)">
                <div class="field"><label for="token">Token</label>
                <input id="token" name="token" type="password" autocomplete="current-password" required autofocus \
                aria-describedby="token-hint"><small id="token-hint">the configuration’s <code>api_token</code></small></div>
                <div class="buttons"><button class="main">Log in</button></div>
                </form>

                """
        ).html.markup
    }
}
