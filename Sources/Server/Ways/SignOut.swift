import Appwrite
import Gate
import Ground
import HTTPTypes
import Hooks
import Hummingbird
import Logging
import Settings
import Theme

/// Signing out.
///
/// It always ends the session here, whatever Appwrite says.
struct SignOut: Sendable {
    let desk: Desk

    /// A link alone must not sign anyone out: it leads to the account page, which has the button.
    func page() -> Response {
        .seeOther(desk.auth.routes.account.encoded)
    }

    func submit(_ form: FormBody, _ arrival: Arrival) async throws -> Response {
        try desk.demandOurForm(form, for: .account, from: arrival)
        for secret in arrival.secrets { await end(secret, arrival) }
        let cookies = desk.cookie.cleared + [desk.visits.cleared]
        var response: Response
        if arrival.wantsJSON {
            response = try .json(Success(), cookies: cookies)
        } else {
            response = .page(
                try desk.page(
                    "signed-out",
                    title: ("signed_out", "Signed out"),
                    in: desk.language(of: arrival)
                ),
                cookies: cookies
            )
        }
        // What the browser kept of private pages goes, too (W3C Clear Site Data).
        response.headers[.clearSiteData] = "\"cache\""
        return response
    }
}

extension SignOut {
    /// Prefers the keyed call, whose limit is not shared by all visitors of the site; its ids come from our own signed
    /// cookie, so that nobody can name another's session.
    ///
    /// What nobody vouches for and nothing is known of may be made up: an address may have only so many of those told to
    /// Appwrite, and they are kept out for good only while there is room.
    private func end(_ secret: Secret, _ arrival: Arrival) async {
        let standing = desk.sessions.cached(secret)
        let isKnown = secret == arrival.vouched?.secret || standing?.isSession == true
        // First of all here, so that no request that comes while Appwrite is being told still reads.
        desk.sessions.end(secret, isKnown: isKnown)
        do throws(Problem) {
            if !isKnown { try desk.limits.check(.question, arrival.address) }
        } catch {
            return
        }
        do {
            if let (vouched, visit) = arrival.vouched, vouched == secret {
                try await desk.endAtAppwrite(visit.sessionID, of: visit.userID, as: secret, for: arrival)
            } else {
                try await desk.client(secret, arrival.caller).deleteSession("current")
            }
            tell(standing, secret, arrival)
        } catch {
            if isKnown { tell(standing, secret, arrival) }
            desk.note(error, "signed out here, not at Appwrite", arrival)
        }
    }

    private func tell(_ standing: Standing?, _ secret: Secret, _ arrival: Arrival) {
        let visit = arrival.vouched.flatMap { $0.secret == secret ? $0.visit : nil }
        desk.tell(.signOut, arrival, user: visit?.userID ?? standing?.userID, session: visit?.sessionID)
    }
}
