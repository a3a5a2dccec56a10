import HTTPTypes

/// What goes back: a status, headers of this answer alone, and a body.
struct Answer: Sendable {
    enum Body: Sendable {
        case json(JSONValue)
        case html(String)
        case plain(String)
        case none
    }

    var status: Int
    var headers = HTTPFields()
    var body: Body

    init(_ status: Int, _ body: Body = .none) {
        self.status = status
        self.body = body
    }

    static func json(_ value: JSONValue) -> Answer { Answer(200, .json(value)) }
    static func json(_ status: Int, _ value: JSONValue) -> Answer { Answer(status, .json(value)) }

    /// Appwrite redirects with 301 and forbids keeping it.
    static func redirect(to location: String) -> Answer {
        var answer = Answer(301)
        answer.headers[.location] = location
        answer.headers[.cacheControl] = "no-store, no-cache, must-revalidate, max-age=0"
        answer.headers[.pragma] = "no-cache"
        return answer
    }

    /// The text to send.
    var text: String {
        switch body {
        case .json(let value): value.json
        case .html(let text), .plain(let text): text
        case .none: ""
        }
    }

    /// Stands on every answer: the Python SDK reads it on 204 and 301, too (contract, trap 19).
    var contentType: String {
        switch body {
        case .json: "application/json; charset=UTF-8"
        case .plain: "text/plain; charset=UTF-8"
        case .html, .none: "text/html; charset=UTF-8"
        }
    }
}

extension HTTPField.Name {
    static let fallbackCookies = Self.own("X-Fallback-Cookies")
    static let debugFallback = Self.own("X-Debug-Fallback")
    static let appwriteWarning = Self.own("X-Appwrite-Warning")
    static let rateLimit = Self.own("X-RateLimit-Limit")
    static let rateRemaining = Self.own("X-RateLimit-Remaining")
    static let rateReset = Self.own("X-RateLimit-Reset")
    static let pragma = Self.own("Pragma")
    static let referrerPolicy = Self.own("Referrer-Policy")

    /// Falls back to a name of its own only for texts that are no header name, of which there are none here.
    private static func own(_ text: String) -> HTTPField.Name { HTTPField.Name(text) ?? .via }
}
