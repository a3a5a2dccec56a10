import HTTPTypes

/// How a refusal goes out: JSON, or a page on the routes that a browser sees.
enum ErrorAnswer {
    static func make(_ refusal: Refusal, for route: Route) -> Answer {
        var answer =
            route.showsErrorsAsHTML
            ? Answer(refusal.wireStatus, .html(ErrorPage.html(refusal)))
            : Answer.json(refusal.wireStatus, refusal.json)
        answer.headers[.cacheControl] = "no-cache, no-store, must-revalidate"
        answer.headers[.expires] = "0"
        answer.headers[.pragma] = "no-cache"
        return answer
    }
}
