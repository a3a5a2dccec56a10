import Appwrite
import Ground
import HTTPTypes
import Hummingbird
import Logging
import Settings

/// Proving that an e-mail address is one's own, by a link that was mailed there.
struct Verification: Sendable {
    let desk: Desk

    /// Where the link leads: a button to push.
    func page(_ arrival: Arrival) throws -> Response {
        let link = MailedLink(
            kind: .verification,
            action: desk.auth.routes.verify,
            userID: arrival.query["userId"] ?? "",
            secret: Secret(arrival.query["secret"] ?? ""),
            use: .verification
        )
        return try desk.page(link, arrival)
    }

    /// The button was pushed.
    func submit(_ form: FormBody, _ arrival: Arrival) async throws -> Response {
        try desk.demandOurForm(form, for: .verification, from: arrival)
        guard let userID = form["userId"], (1...36).contains(userID.utf8.count),
            let secret = form["secret"], (1...256).contains(secret.utf8.count)
        else { throw Problem.wrongToken }
        try desk.limits.check(.oneTime, arrival.address)
        try desk.limits.check(.secretUser, key: userID)
        do throws(AppwriteFailure) {
            try await desk.plain.verifyEmail(userID: userID, secret: Secret(secret), for: arrival.caller)
        } catch {
            desk.note(error, "an address was not verified", arrival)
            throw error == .notFound ? Problem.wrongToken : Problem(error)
        }
        desk.limits.reset(.secretUser, key: userID)
        desk.sessions.forget(userID: userID)
        if arrival.wantsJSON { return try .json(Success()) }
        let isMember = arrival.vouched?.visit.kind == .member
        let next = isMember ? desk.auth.routes.account : desk.auth.routes.login
        let path = desk.way(to: next, in: desk.language(of: arrival))
        return .seeOther(path.adding([("done", "verified")]))
    }
}

extension Desk {
    /// Mails the link that proves an address.
    func sendVerification(_ client: SessionClient, _ arrival: Arrival) async throws(AppwriteFailure) {
        let path = way(to: auth.routes.verify, in: language(of: arrival))
        try await client.sendVerification(url: origin + path)
    }

    /// The same for an account that was just made: without the mail it is there all the same, and the account page can
    /// send another.
    func welcomeByMail(_ session: Session, _ arrival: Arrival) async {
        do throws(AppwriteFailure) {
            try await sendVerification(client(session.secret, caller(arrival)), arrival)
        } catch {
            failures.noteOnce(error, "a mail that proves an address was not sent")
        }
    }
}
