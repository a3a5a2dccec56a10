import Appwrite
import Gate
import Ground
import Hummingbird
import Logging
import Settings

/// A member who is at their own account, and the session that speaks for them.
struct Owner: Sendable {
    let id: String
    let secret: Secret
    let client: SessionClient
}

extension Desk {
    /// Does what only a member may do with their own account, and leads everybody else to where they become one.
    ///
    /// `work` may throw these problems, too: Appwrite may know better than what was remembered. Programs get every problem as it is.
    func asOwner(
        _ arrival: Arrival,
        then target: PagePath,
        _ work: (Owner) async throws -> Response
    ) async throws -> Response {
        do {
            return try await work(owner(of: arrival))
        } catch let problem as Problem {
            if problem == .signInNeeded, hasCookiesAtHome(arrival) {
                let href = way(to: target, in: language(of: arrival))
                return try hop(
                    to: "\(href)\(href.contains("?") ? "&" : "?")\(PageResponder.hopped)",
                    arrival
                )
            }
            guard !arrival.wantsJSON, let way = way(around: problem, to: target, arrival) else {
                throw problem
            }
            return .seeOther(way)
        }
    }

    /// What a failed call means for the member on whose behalf it was made.
    func problem(
        _ failure: AppwriteFailure,
        _ what: Logger.Message,
        _ owner: Owner,
        _ arrival: Arrival
    ) -> Problem {
        problem(failure, what, owner.secret, arrival)
    }

    /// What a failed call means for the session on whose behalf it was made.
    ///
    /// What was remembered of one that turns out to be gone, or to lack a factor, is forgotten.
    func problem(
        _ failure: AppwriteFailure,
        _ what: Logger.Message,
        _ session: Secret,
        _ arrival: Arrival
    ) -> Problem {
        note(failure, what, arrival)
        if failure == .sessionGone || failure == .moreFactorsRequired { sessions.forget(session) }
        return Problem(failure)
    }

    private func owner(of arrival: Arrival) async throws(Problem) -> Owner {
        let (standing, secret) = try await standing(of: arrival)
        let decision = Decision(visibility: .private, requirements: [], standing: standing)
        guard decision == .allow, case .member(let member) = standing, let secret else {
            throw await problem(decision, arrival)
        }
        var caller = arrival.caller
        // In which names of countries are told.
        caller.locale = language(of: arrival).lowercased()
        return Owner(id: member.id, secret: secret, client: client(secret, caller))
    }

    /// Whether a link of another site led here, and `SameSite=Strict` cookies stayed at home; once, as private pages do it.
    private func hasCookiesAtHome(_ arrival: Arrival) -> Bool {
        arrival.method == .get && !arrival.wantsJSON && arrival.fields[.secFetchSite] == "cross-site"
            && arrival.query[PageResponder.hopped] == nil
    }

    private func way(around problem: Problem, to target: PagePath, _ arrival: Arrival) -> String? {
        let language = language(of: arrival)
        if problem.asksToSignIn, problem.end != .lost, auth.canSignIn {
            let login = way(to: auth.routes.login, then: target, in: language)
            return problem.end.map { login.adding([("ended", $0.rawValue)]) } ?? login
        }
        return switch problem {
        case .secondFactor: wayToFactor(then: target, in: language)
        case .secondFactorAgain: wayToFactor(then: target, again: true, in: language)
        default: nil
        }
    }
}

extension Problem {
    /// Why a decision does not let the visitor on.
    init(_ decision: Decision) {
        self =
            switch decision {
            case .allow: .internalError
            case .signIn: .signInNeeded
            case .secondFactor: .secondFactor
            case .refuse(let lacks): .refused(lacking: lacks)
            case .blocked: .blocked
            case .passwordReset: .passwordReset
            case .unavailable(let seconds): .unavailable(retryAfter: seconds)
            }
    }
}
