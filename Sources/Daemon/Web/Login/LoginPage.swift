/// The page that asks for the token.
struct LoginPage {
    /// Where to go afterwards.
    let next: String
    var problem: String?

    var html: String {
        let problem = problem.map { "<p role=\"alert\">\($0.htmlEscaped)</p>\n" } ?? ""
        return """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><title>dnsconverge: log in</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <link rel="stylesheet" href="/assets/dashboard.css"></head>
            <body class="login"><main><h1>dnsconverge</h1>
            \(problem)<form method="post" action="/login">
            <input type="hidden" name="next" value="\(next.htmlEscaped)">
            <p><label for="token">Token (<code>api_token</code> of the configuration)</label>
            <input id="token" name="token" type="password" autocomplete="current-password" required autofocus></p>
            <p><button type="submit">Log in</button></p>
            </form></main></body>
            </html>

            """
    }
}
