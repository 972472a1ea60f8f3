import DNSModel
import Failover

/// A page that says why there is no other.
enum ProblemPage {
    static func html(_ problem: ProblemDetails) -> String {
        BarePage(
            title: problem.title,
            content: """
                <p>\(Mark(.triangle, .warn, problem.title).html)</p>
                <p>\(problem.detail)</p>
                <p><a href="/">All schemes</a></p>

                """
        ).html.markup
    }
}
