import Appwrite
import Ground
import HTTPTypes
import Hummingbird
import Logging
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
    func welcome(_ session: Session, _ arrival: Arrival, _ lead: Lead, cookies more: [String] = [])
        async throws -> Response
    {
        let visit = Visit(
            kind: .member,
            mark: keys.fingerprint(of: session.secret),
            userID: session.userID,
            sessionID: session.id
        )
        let cookies = [cookie.set(session.secret, expires: session.expire), visits.set(visit)] + more
        for secret in arrival.secrets where secret != session.secret { sessions.forget(secret) }
        await removeReplacedGuest(arrival, by: session)
        switch lead {
        case .redirect(let path): return .seeOther(path.encoded, cookies: cookies)
        case .hop(let path): return try hop(to: path.encoded, arrival, cookies: cookies)
        case .json: return try .json(Success(), cookies: cookies)
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
}
