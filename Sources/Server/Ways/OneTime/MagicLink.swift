import Appwrite
import Ground
import HTTPTypes
import Hummingbird
import Logging
import Settings
import Theme

/// Signing in with a link that is mailed.
///
/// In the browser that asked for it the link signs in by itself. Everywhere else somebody has to push a button that says
/// whose link it is: a program that looks at links in mails must not use it up, and nobody shall be signed in to an
/// account that is not theirs without noticing.
struct MagicLink: Sendable {
    let desk: Desk

    /// Mails the link.
    func send(_ form: FormBody, _ arrival: Arrival) async throws -> Response {
        try desk.demandOurForm(form, for: .signIn, from: arrival)
        let target = desk.target(form["to"])
        do {
            let receiver = try Receiver(form, .email).possible()
            try desk.limits.check(receiver, from: arrival.address)
            let (nonce, cookies) = desk.trips.begin(.link, towards: target.encoded, in: arrival.fields)
            try await desk.pace.hold { () async throws(Problem) in
                try await send(to: receiver, nonce, arrival)
            }
            let mail = SentMail(kind: .signIn, receiver: receiver.text, then: target)
            return try desk.page(mail, arrival, in: desk.language(of: arrival, goingTo: form["to"]), cookies)
        } catch let problem as Problem {
            return try SignIn(desk: desk).explain(problem, form, arrival)
        }
    }

    /// Where the link leads.
    func page(_ arrival: Arrival) async throws -> Response {
        let nonce = arrival.query[Trip.parameter]
        if let target = desk.trips.target(.link, for: nonce, in: arrival.fields) {
            let lead: Desk.Lead = arrival.fields.wantsJSON ? .json : .hop(desk.target(target))
            let cleared = desk.trips.cleared(nonce)
            return try await finish(arrival.query, arrival, lead, cookies: cleared)
        }
        guard let email = arrival.query[Self.receiverName],
            desk.keys.verify(
                arrival.query[Self.sealName] ?? "",
                of: Self.sealed(email, nonce ?? ""),
                for: .link
            )
        else { throw Problem.wrongToken }
        let link = MailedLink(
            kind: .signIn,
            action: desk.auth.routes.magicURLCallback,
            receiver: email,
            userID: arrival.query["userId"] ?? "",
            secret: Secret(arrival.query["secret"] ?? ""),
            use: .signIn
        )
        return try desk.page(link, arrival)
    }

    /// The button was pushed.
    func follow(_ form: FormBody, _ arrival: Arrival) async throws -> Response {
        try desk.demandOurForm(form, for: .signIn, from: arrival)
        let lead: Desk.Lead = arrival.wantsJSON ? .json : .redirect(desk.target(nil))
        let fields = ["userId": form["userId"] ?? "", "secret": form["secret"] ?? ""]
        return try await finish(fields, arrival, lead)
    }
}

extension MagicLink {
    /// The names in the link's address: whose it is, and our signature of that.
    private static let receiverName = "for"
    private static let sealName = "seal"

    private static func sealed(_ email: String, _ nonce: String) -> String { "\(nonce)~\(email)" }

    private func finish(
        _ fields: [String: String],
        _ arrival: Arrival,
        _ lead: Desk.Lead,
        cookies: [String] = []
    ) async throws -> Response {
        try await OneTimeSignIn(desk: desk, way: .link).finish(
            userID: fields["userId"] ?? "",
            secret: Secret(fields["secret"] ?? ""),
            arrival,
            lead,
            cookies: cookies
        )
    }

    private func send(to receiver: Receiver, _ nonce: String, _ arrival: Arrival) async throws(Problem) {
        let seal = desk.keys.signature(of: Self.sealed(receiver.text, nonce), for: .link)
        let query = [
            (Trip.parameter, nonce), (Self.receiverName, receiver.text.queryEncoded), (Self.sealName, seal),
        ]
        let path = desk.way(to: desk.auth.routes.magicURLCallback, in: desk.language(of: arrival))
        let url = desk.origin + path.adding(query)
        do throws(AppwriteFailure) {
            guard try await desk.mayReceive(receiver) else { return }
            _ = try await desk.admin.sendMagicURL(to: receiver.text, url: url, for: desk.caller(arrival))
        } catch {
            desk.note(error, "a link was not mailed", arrival)
            guard error.isAboutReceiver else { throw Problem(error, to: .email) }
        }
    }
}
