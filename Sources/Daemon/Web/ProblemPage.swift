import Failover

/// A page that says why there is no other.
enum ProblemPage {
    static func html(_ problem: ProblemDetails) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>\(problem.title.htmlEscaped)</title>
        <meta name="viewport" content="width=device-width"></head>
        <body><h1>\(problem.title.htmlEscaped)</h1><p>\(problem.detail.htmlEscaped)</p><p><a href="/">Back</a></p></body>
        </html>

        """
    }
}

extension String {
    /// As text or as a quoted attribute of HTML. By scalars: a combining mark must not hide a `<`.
    var htmlEscaped: String {
        unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
