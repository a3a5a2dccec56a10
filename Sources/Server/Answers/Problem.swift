package import Gate
package import Ground
package import HTTPTypes

/// Something that went wrong for a visitor, told so that a stranger may read it.
///
/// The cause goes to the log.
///
/// Thrown by the ways in, answered by the page path, and turned in one place into the theme's page or into JSON.
package struct Problem: Error, Sendable, Equatable {
    package let status: HTTPResponse.Status
    /// One word for programs, such as `sign_in_needed`; with `_title` and `_message` behind it, also of the theme's words.
    package let code: String
    package let title: String
    package let message: String
    /// What a member lacks.
    package var lacks: [Requirement] = []
    /// Who that is, by their e-mail address or name; nil where nobody is known to be signed in.
    package var signedInAs: String?
    /// Why a session is gone; nil where there was none, or this is no matter of signing in.
    package var end: SessionEnd?
    /// What a theme's words tell apart where one code has several messages.
    package var reason: String?
    /// What a member lacks, a sentence each.
    package var missing: [String] { lacks.map(\.sentence) }
    /// Where whoever signs in is led then; nil where this is no matter of signing in.
    package var wanted: PagePath?
    /// Whether the message is another's, and so is not looked up among the theme's words.
    package var isSpoken = false
    /// In seconds.
    package var retryAfter: Int?
    /// Fields that belong to this problem, such as `Allow`.
    package var fields: HTTPFields = [:]

    package init(_ status: HTTPResponse.Status, _ code: String, _ title: String, _ message: String) {
        self.status = status
        self.code = code
        self.title = title
        self.message = message
    }

    /// Whether the visitor is known to be signed in, and so is offered their account and not the sign-in page.
    package var isForMember: Bool {
        ["refused", "blocked", "second_factor_needed", "password_reset_needed"].contains(code)
    }

    /// Whether signing in is what it takes.
    package var asksToSignIn: Bool { self == .signInNeeded || end != nil }

    /// The same problem, to be tried again after so many seconds.
    package func retrying(after seconds: Int) -> Problem {
        var problem = self
        problem.retryAfter = max(1, seconds)
        problem.fields[.retryAfter] = "\(max(1, seconds))"
        return problem
    }
}

extension Problem {
    package static let malformed = Problem(
        .badRequest,
        "malformed",
        "That request makes no sense",
        "The address or the request is malformed."
    )
    package static let foreignHost = Problem(
        .misdirectedRequest,
        "foreign_host",
        "Not by that name",
        "This preview answers to 127.0.0.1, localhost and [::1] only."
    )
    package static let notFound = Problem(
        .notFound,
        "not_found",
        "Page not found",
        "There is no page at this address."
    )
    /// There may be a page for members, or none: the answer is the same.
    package static func concealed(_ path: PagePath) -> Problem {
        var problem = notFound
        problem.wanted = path
        return problem
    }
    package static let signInNeeded = Problem(
        .unauthorized,
        "sign_in_needed",
        "Please sign in",
        "This is for members. Sign in to see it."
    )
    package static let secondFactor = Problem(
        .unauthorized,
        "second_factor_needed",
        "One more step",
        "Your account asks for a second factor before it opens anything."
    )
    package static let blocked = Problem(
        .forbidden,
        "blocked",
        "Your account is blocked",
        "Ask whoever runs this site to unblock it."
    )
    package static let passwordReset = Problem(
        .forbidden,
        "password_reset_needed",
        "A new password is needed",
        "Your account must get a new password before it can be used again. Ask whoever runs this site for one."
    )
    package static let tooLarge = Problem(
        .contentTooLarge,
        "too_large",
        "That is too much",
        "The form is larger than this site accepts."
    )
    package static let tooSlow = Problem(
        .requestTimeout,
        "too_slow",
        "That took too long",
        "The form did not arrive in time. Send it again."
    )
    package static let notOurForm = Problem(
        .forbidden,
        "form_refused",
        "The form was refused",
        "It was sent from another site, was open for too long, or your browser keeps no cookies. Go back, reload the page, and try again."
    )
    package static let tooManyRequests = Problem(
        .tooManyRequests,
        "rate_limited",
        "Too many requests",
        "You asked for more than this site gives at once. Wait a little."
    )
    package static let internalError = Problem(
        .internalServerError,
        "internal_error",
        "Something went wrong here",
        "It has been noted. Try again later."
    )

    package static func methodNotAllowed(_ allowed: String) -> Problem {
        var problem = Problem(
            .methodNotAllowed,
            "method_not_allowed",
            "Not that way",
            "This address does not take that kind of request."
        )
        problem.fields[.allow] = allowed
        return problem
    }

    package static func unavailable(retryAfter seconds: Int) -> Problem {
        Problem(
            .serviceUnavailable,
            "unavailable",
            "Your sign-in cannot be checked right now",
            "The sign-in service does not answer, so members' pages stay closed for the moment. Public pages are open as ever."
        ).retrying(after: seconds)
    }

    package static func refused(lacking lacks: [Requirement], as member: Member? = nil) -> Problem {
        var problem = Problem(
            .forbidden,
            "refused",
            "This page is not for your account",
            "You are signed in, and this page asks for more."
        )
        problem.lacks = lacks
        problem.signedInAs = member?.shown
        return problem
    }

    /// The account asks for none, and the page does.
    package static func secondFactor(lacking lacks: [Requirement], as member: Member) -> Problem {
        var problem = Problem(
            .forbidden,
            "second_factor_needed",
            "One more step",
            "This page asks for a second factor."
        )
        problem.reason = "second_factor_for_page"
        problem.lacks = lacks
        problem.signedInAs = member.shown
        return problem
    }
}

extension Member {
    /// As members know themselves.
    fileprivate var shown: String { email.isEmpty ? name.isEmpty ? id : name : email }
}

extension Requirement {
    /// For the member who lacks it.
    var sentence: String {
        switch kind {
        case .labels(let labels): "It is for members with the label \(labels.joined(separator: " or "))."
        case .teams(let teams): "It is for the team \(teams.joined(separator: " or "))."
        case .verified: "It is for members whose e-mail address or phone number is verified."
        case .secondFactor: "It asks for a second factor."
        case .several(let facts): "It asks for \(facts.map(\.phrase).joined(separator: " or "))."
        }
    }

    /// What there is a sentence of its own for.
    enum Kind {
        case labels([String])
        case teams([String])
        case verified
        case secondFactor
        case several([Fact])
    }

    var kind: Kind {
        switch oneOf {
        case [.verified]: return .verified
        case [.secondFactor]: return .secondFactor
        default: break
        }
        let labels = oneOf.compactMap { if case .label(let name) = $0 { name } else { nil } }
        let teams = oneOf.compactMap { if case .team(let id) = $0 { id } else { nil } }
        if labels.count == oneOf.count { return .labels(labels) }
        return teams.count == oneOf.count ? .teams(teams) : .several(oneOf)
    }
}

extension Fact {
    /// Within a sentence.
    var phrase: String {
        switch self {
        case .label(let name): "the label \(name)"
        case .team(let id): "the team \(id)"
        case .role(let role, let team): "the role \(role) in the team \(team)"
        case .email(let domain): "a verified e-mail address at \(domain)"
        case .verified: "a verified e-mail address or phone number"
        case .secondFactor: "a second factor"
        }
    }
}
