package import Gate
import Ground
package import HTTPTypes

/// What the page path answers: a status, fields, and where the bytes come from.
package struct PageAnswer: Sendable, Equatable {
    package enum Body: Sendable, Equatable {
        /// No body, as for 304 or a redirect.
        case none
        /// A route's file or a twin of it, whole, or the given bytes of it.
        case file(Representation, ClosedRange<Int>?)
        /// The page that navigates on by itself to this address.
        case hop(String)
        /// A problem, as the theme's page or as JSON.
        case problem(Problem)
    }

    package var status: HTTPResponse.Status
    package var fields: HTTPFields
    package var body: Body

    package init(_ status: HTTPResponse.Status, _ fields: HTTPFields = [:], body: Body = .none) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    package init(_ problem: Problem) {
        self.init(problem.status, body: .problem(problem))
    }

    /// Whether nothing of what lies in the release goes out with it: somebody is led on, or told what is in the way.
    var isNoFile: Bool {
        if case .file = body { return false }
        return status != .notModified
    }

    /// Whether the answer shows a page of the site to somebody, and nothing of it is private.
    package var isPublicPage: Bool {
        guard case .file(let sent, _) = body else { return false }
        return sent.route.kind == .page && sent.route.visibility == .public
    }
}

/// How far the page path got with what it was told.
package enum PageOutcome: Sendable, Equatable {
    case answer(PageAnswer)
    /// It depends on who asks: ask again with the visitor's standing.
    case judge(Route)
}
