import Appwrite
import FoundationEssentials
import Gate
import Ground
import HTTPTypes
import Hooks
import Hummingbird
import Logging
import Settings
import Theme

extension Desk {
    /// How a visitor who just signed in is led on.
    enum Lead {
        /// From a form of our own site.
        case redirect(PagePath)
        /// From another site, where a redirect would not carry the Strict cookie along: a page of our own that navigates on.
        case hop(PagePath)
        case json
    }

    /// Hands a new session to the visitor: its cookie, and ours that vouches for it.
    ///
    /// What they had before is forgotten, and a guest's anonymous user is removed where the key allows it.
    ///
    /// Hooks are asked first, and a session that one of them refuses is ended; `isNew` says that they were asked before the account was made.
    func welcome(
        _ session: Session,
        _ arrival: Arrival,
        _ lead: Lead,
        way: String,
        isNew: Bool = false,
        cookies more: [String] = []
    ) async throws -> Response {
        if !isNew { try await demandConsent(to: session, way: way, arrival) }
        tell(isNew ? .signUp : .signIn, arrival, user: session.userID, session: session.id, way: way)
        let visit = Visit(
            kind: .member,
            mark: keys.fingerprint(of: session.secret),
            userID: session.userID,
            sessionID: session.id,
            factors: session.factors,
            expires: Int(session.expire.timeIntervalSince1970)
        )
        let cookies = [cookie.set(session.secret, expires: session.expire), visits.set(visit)] + more
        for secret in arrival.secrets where secret != session.secret { sessions.forget(secret) }
        async let lacksFactor = lacksFactor(session, arrival, lead)
        await removeReplacedGuest(arrival, by: session)
        await endReplacedSession(arrival, by: session)
        if await lacksFactor { return try askForFactor(arrival, lead, cookies) }
        switch lead {
        case .redirect(let path): return .seeOther(path.encoded, cookies: cookies)
        case .hop(let path): return try hop(to: path.encoded, arrival, cookies: cookies)
        case .json: return try .json(Success(), cookies: cookies)
        }
    }

    /// Whether a second factor is asked for before the session opens anything.
    ///
    /// A private page finds out by itself. Where Appwrite does not answer, the next one does.
    private func lacksFactor(_ session: Session, _ arrival: Arrival, _ lead: Lead) async -> Bool {
        switch lead {
        case .redirect(let path), .hop(let path):
            let isPrivate = current.value.table[path]?.visibility == .private
            if isPrivate || path == auth.routes.account { return false }
        case .json: break
        }
        do throws(AppwriteFailure) {
            _ = try await client(session.secret, arrival.caller).account()
            return false
        } catch {
            return error == .moreFactorsRequired
        }
    }

    /// The session is there and opens nothing yet: it leads to where the second factor is shown, and from there on.
    private func askForFactor(_ arrival: Arrival, _ lead: Lead, _ cookies: [String]) throws -> Response {
        func way(to path: PagePath) -> String {
            wayToFactor(then: path, in: language(of: arrival, goingTo: path.encoded))
        }
        switch lead {
        case .redirect(let path): return .seeOther(way(to: path), cookies: cookies)
        case .hop(let path): return try hop(to: way(to: path), arrival, cookies: cookies)
        case .json:
            var problem = Problem.secondFactor
            for cookie in cookies { problem.fields.append(HTTPField(name: .setCookie, value: cookie)) }
            throw problem
        }
    }

    private func demandConsent(to session: Session, way: String, _ arrival: Arrival) async throws(Problem) {
        do {
            try await demandConsent(to: .signIn, way: way, user: session.userID, arrival)
        } catch {
            tell(.refused, arrival, user: session.userID, way: way, reason: error.code)
            do throws(AppwriteFailure) {
                try await endAtAppwrite(session.id, of: session.userID, as: session.secret, for: arrival)
            } catch {
                note(error, "a refused session stays at Appwrite", arrival)
            }
            throw error
        }
    }

    /// A page that navigates on by itself, from our own site (WHATWG HTML, pragma `refresh`).
    func hop(to href: String, _ arrival: Arrival, cookies: [String] = []) throws -> Response {
        let html = try page(
            "continue",
            title: ("one_moment", "One moment"),
            in: language(of: arrival, goingTo: href),
            ["href": .text(href)]
        )
        var response = Response.page(html, cookies: cookies)
        // The address of this page may hold a secret; it is told to nobody.
        response.headers[.referrerPolicy] = "no-referrer"
        return response
    }

    /// An anonymous user that nobody can reach any more is only a record that stays.
    ///
    /// Asked first whether it really is one: an account must never go this way. A failure leaves the record,
    /// which harms nobody.
    private func removeReplacedGuest(_ arrival: Arrival, by session: Session) async {
        guard let (secret, visit) = arrival.vouched, visit.kind == .guest,
            visit.userID != session.userID
        else { return }
        do {
            let account = try await client(secret, arrival.caller).account()
            guard account.isAnonymous, account.id == visit.userID else { return }
            try await admin.deleteUser(account.id)
        } catch {
            logger.debug("replaced guest was not removed", metadata: ["cause": "\(error)"])
        }
    }

    /// What this browser was signed in with before: nobody would end it any more, and it would read until it expires.
    private func endReplacedSession(_ arrival: Arrival, by session: Session) async {
        guard let (secret, visit) = arrival.vouched, visit.kind == .member, visit.sessionID != session.id
        else { return }
        sessions.end(secret, isKnown: true)
        do {
            try await endAtAppwrite(visit.sessionID, of: visit.userID, as: secret, for: arrival)
        } catch {
            guard error != .notFound, error != .sessionGone else { return }
            note(error, "a replaced session stays at Appwrite", arrival)
        }
    }
}
