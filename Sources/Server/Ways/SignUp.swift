import Appwrite
import Gate
import Ground
import Hooks
import Hummingbird
import Logging
import Settings
import Theme

/// Making an account; a guest's anonymous account becomes it, with its id and history.
struct SignUp: Sendable {
    let desk: Desk

    func page(_ arrival: Arrival) throws -> Response {
        try form(arrival, Entry(to: desk.target(arrival.query["to"])), in: desk.language(of: arrival))
    }

    func submit(_ form: FormBody, _ arrival: Arrival) async throws -> Response {
        try desk.demandOurForm(form, for: .signUp, from: arrival)
        let entry = Entry(
            to: desk.target(form["to"]),
            email: String((form["email"] ?? "").trimmingSpaces),
            name: String((form["name"] ?? "").trimmingSpaces)
        )
        do {
            let session = try await account(entry, Secret(form["password"] ?? ""), arrival)
            return try await desk.welcome(
                session,
                arrival,
                arrival.wantsJSON ? .json : .redirect(entry.to),
                way: Self.way,
                isNew: true
            )
        } catch let problem as Problem {
            let language = desk.language(of: arrival, goingTo: form["to"])
            return try self.form(arrival, entry, in: language, problem: problem)
        }
    }
}

extension SignUp {
    private struct Entry {
        let to: PagePath
        var email = ""
        var name = ""
    }

    /// What events call it.
    private static let way = "password"
    /// In characters, as Appwrite counts them.
    private static let longestName = 128

    private func account(_ entry: Entry, _ password: Secret, _ arrival: Arrival) async throws(Problem)
        -> Session
    {
        // What cannot be right costs nobody a try, and must not be refused when half of it is done.
        guard entry.email.contains("@"), EmailLength.isPossible(entry.email),
            PasswordLength.isPossible(password),
            entry.name.unicodeScalars.count <= Self.longestName
        else {
            throw .notAccepted
        }
        try desk.limits.check(.signUp, arrival.address)
        do {
            try await desk.demandConsent(to: .signUp, way: Self.way, email: entry.email, arrival)
        } catch {
            desk.tell(.refused, arrival, way: Self.way, reason: error.code)
            throw error
        }
        let guest = try await guest(arrival)
        do {
            if let guest {
                try await convert(guest, entry, password, arrival)
            } else {
                _ = try await desk.admin.createAccount(
                    email: entry.email,
                    password: password,
                    name: entry.name,
                    for: arrival.caller
                )
            }
            // A new session in both cases: whoever knew the guest's secret must not hold the member's (session fixation).
            let session = try await desk.admin.createEmailSession(
                email: entry.email,
                password: password,
                for: arrival.caller
            )
            await desk.welcomeByMail(session, arrival)
            if let guest { await retire(guest, arrival, userID: session.userID) }
            if guest != nil { desk.tell(.converted, arrival, user: session.userID, way: Self.way) }
            return session
        } catch {
            desk.note(error, "sign-up failed", arrival)
            // That an account with this address exists, and that the password is another, must look the same.
            let problem = if case .invalidCredentials = error { Problem.notAccepted } else { Problem(error) }
            desk.tell(.refused, arrival, way: Self.way, reason: problem.code)
            throw problem
        }
    }

    /// The secret of the guest session that came along, where there is one and we gave it.
    ///
    /// Another's, put into this browser by somebody, would make that person's account of the one that is made now.
    private func guest(_ arrival: Arrival) async throws(Problem) -> Secret? {
        let (standing, secret) = try await desk.standing(of: arrival)
        guard case .guest = standing, secret == arrival.vouched?.secret else { return nil }
        return secret
    }

    /// `PATCH /account/email` on an anonymous account makes it a full one; id, preferences and sessions stay.
    ///
    /// It comes last: should it or anything before it fail, the guest is still one and can try again.
    private func convert(_ guest: Secret, _ entry: Entry, _ password: Secret, _ arrival: Arrival)
        async throws(AppwriteFailure)
    {
        let client = desk.client(guest, arrival.caller)
        if !entry.name.isEmpty { _ = try await client.updateName(entry.name) }
        _ = try await client.convertGuest(email: entry.email, password: password)
    }

    /// Ends the session that the guest had.
    ///
    /// It is out of reach of this browser anyway, so a failure is only noted.
    private func retire(_ guest: Secret, _ arrival: Arrival, userID: String) async {
        desk.sessions.end(guest, isKnown: true)
        do {
            if let (secret, visit) = arrival.vouched, secret == guest, visit.userID == userID {
                try await desk.endAtAppwrite(visit.sessionID, of: userID, as: guest, for: arrival)
            } else {
                try await desk.client(guest, arrival.caller).deleteSession("current")
            }
        } catch {
            desk.note(error, "the guest's old session stays at Appwrite", arrival)
        }
    }

    private func form(_ arrival: Arrival, _ entry: Entry, in language: String, problem: Problem? = nil) throws
        -> Response
    {
        if let problem, arrival.wantsJSON { throw problem }
        let routes = desk.auth.routes
        let page = FormPage(
            template: "sign-up",
            title: ("sign_up", "Sign up"),
            use: .signUp,
            form: [
                "action": .text(desk.way(to: routes.signUp, in: language)), "to": .text(entry.to.encoded),
                "email": .text(entry.email), "name": .text(entry.name),
            ],
            values: [
                "sign_in_href": .text(desk.way(to: routes.login, then: entry.to, in: language)),
                "guest": .flag(arrival.visit?.kind == .guest),
            ]
        )
        return try desk.page(page, arrival, in: language, problem: problem)
    }
}
