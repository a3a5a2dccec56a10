import Appwrite
import Ground
import HTTPTypes
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
        for secret in arrival.secrets {
            await end(secret, arrival)
            desk.sessions.forget(secret, forGood: true)
        }
        let cookies = desk.cookie.cleared + [desk.visits.cleared]
        var response: Response
        if arrival.wantsJSON {
            response = try .json(Success(), cookies: cookies)
        } else {
            response = .page(
                try desk.current.value.pages.html("signed-out", title: "Signed out"),
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
    private func end(_ secret: Secret, _ arrival: Arrival) async {
        // First of all here, so that no request that comes while Appwrite is being told still reads.
        desk.sessions.forget(secret, forGood: true)
        do {
            if let (vouched, visit) = arrival.vouched(by: desk.keys), vouched == secret {
                try await desk.admin.deleteSession(userID: visit.userID, sessionID: visit.sessionID)
            } else {
                try await desk.client(secret, arrival.caller).deleteSession("current")
            }
            desk.logger.info("signed out", metadata: ["request": "\(arrival.requestID)"])
        } catch {
            desk.note(error, "signed out here, not at Appwrite", arrival)
        }
    }
}
