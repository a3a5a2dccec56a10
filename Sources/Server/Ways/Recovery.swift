import Appwrite
import Ground
import HTTPTypes
import Hummingbird
import Logging
import Settings
import Theme

/// A new password for whoever forgot the old one and reads the account's mail.
struct Recovery: Sendable {
    let desk: Desk

    /// Asks for the address.
    func page(_ arrival: Arrival) throws -> Response {
        try ask(
            arrival,
            Entry(email: "", to: desk.target(arrival.query["to"])),
            in: desk.language(of: arrival)
        )
    }

    /// Mails a link; the answer is the same whether there is an account or not.
    func send(_ form: FormBody, _ arrival: Arrival) async throws -> Response {
        try desk.demandOurForm(form, for: .recovery, from: arrival)
        let language = desk.language(of: arrival, goingTo: form["to"])
        let receiver = Receiver(form, .email)
        let target = desk.target(form["to"])
        do {
            let receiver = try receiver.possible()
            try desk.limits.check(receiver, from: arrival.address)
            try await desk.pace.hold { () async throws(Problem) in try await send(to: receiver, arrival) }
            let mail = SentMail(kind: .recovery, receiver: receiver.text, then: target)
            return try desk.page(mail, arrival, in: language)
        } catch let problem as Problem {
            let entry = Entry(email: String((form["email"] ?? "").prefix(320)), to: target)
            return try ask(arrival, entry, in: language, problem: problem)
        }
    }

    /// Where the link leads: a new password is chosen.
    func confirmPage(_ arrival: Arrival) throws -> Response {
        let proof = Proof(
            userID: arrival.query["userId"] ?? "",
            secret: Secret(arrival.query["secret"] ?? "")
        )
        guard proof.isPossible else { throw Problem.wrongToken }
        return try choose(arrival, proof)
    }

    /// Sets the new password.
    func confirm(_ form: FormBody, _ arrival: Arrival) async throws -> Response {
        try desk.demandOurForm(form, for: .recovery, from: arrival)
        let proof = Proof(userID: form["userId"] ?? "", secret: Secret(form["secret"] ?? ""))
        do {
            guard proof.isPossible else { throw Problem.wrongToken }
            try await set(Secret(form["password"] ?? ""), proof, arrival)
        } catch let problem as Problem {
            guard !arrival.wantsJSON, problem.isOfForm else { throw problem }
            return try choose(arrival, proof, problem: problem)
        }
        if arrival.wantsJSON { return try .json(Success()) }
        let login = desk.way(to: desk.auth.routes.login, in: desk.language(of: arrival))
        return .seeOther(login.adding([("done", "recovered")]))
    }
}

extension Recovery {
    private struct Entry {
        let email: String
        let to: PagePath
    }

    private struct Proof {
        let userID: String
        let secret: Secret

        var isPossible: Bool {
            (1...36).contains(userID.utf8.count) && (1...256).contains(secret.revealed.utf8.count)
        }
    }

    private func send(to receiver: Receiver, _ arrival: Arrival) async throws(Problem) {
        let path = desk.way(to: desk.auth.routes.recoverConfirm, in: desk.language(of: arrival))
        do throws(AppwriteFailure) {
            _ = try await desk.admin.sendRecovery(
                to: receiver.text,
                url: desk.origin + path,
                for: desk.caller(arrival)
            )
        } catch {
            desk.note(error, "recovery was not mailed", arrival)
            guard error.isAboutReceiver else { throw Problem(error, to: .email) }
        }
    }

    private func set(_ password: Secret, _ proof: Proof, _ arrival: Arrival) async throws(Problem) {
        guard PasswordLength.isPossible(password) else { throw .passwordRefused }
        try desk.limits.check(.oneTime, arrival.address)
        try desk.limits.check(.secretUser, key: proof.userID)
        do throws(AppwriteFailure) {
            try await desk.admin.recover(
                userID: proof.userID,
                secret: proof.secret,
                password: password,
                for: arrival.caller
            )
        } catch {
            desk.note(error, "recovery failed", arrival)
            throw switch error {
            case .argumentInvalid: .passwordRefused
            case .notFound: .wrongToken
            default: Problem(error)
            }
        }
        desk.limits.reset(.secretUser, key: proof.userID)
        // Appwrite ends the sessions where the project says so; what is remembered of them goes in any case.
        desk.sessions.forget(userID: proof.userID)
        desk.logger.info(
            "password recovered",
            metadata: ["request": "\(arrival.requestID)", "user": "\(proof.userID)"]
        )
    }

    private func ask(_ arrival: Arrival, _ entry: Entry, in language: String, problem: Problem? = nil) throws
        -> Response
    {
        if let problem, arrival.wantsJSON { throw problem }
        let routes = desk.auth.routes
        let page = FormPage(
            template: "recover",
            title: ("forgot_password", "Forgot your password?"),
            use: .recovery,
            form: [
                "action": .text(desk.way(to: routes.recover, in: language)), "email": .text(entry.email),
                "to": .text(entry.to.encoded),
            ],
            values: ["back_href": .text(desk.way(to: routes.login, then: entry.to, in: language))]
        )
        return try desk.page(page, arrival, in: language, problem: problem)
    }

    private func choose(_ arrival: Arrival, _ proof: Proof, problem: Problem? = nil) throws -> Response {
        let language = desk.language(of: arrival)
        let page = FormPage(
            template: "new-password",
            title: ("choose_password", "Choose a password"),
            use: .recovery,
            form: [
                "action": .text(desk.way(to: desk.auth.routes.recoverConfirm, in: language)),
                "user_id": .text(proof.userID), "secret": .text(proof.secret.revealed),
            ]
        )
        var response = try desk.page(page, arrival, in: language, problem: problem)
        // The address of this page holds the secret; it is told to nobody.
        response.headers[.referrerPolicy] = "no-referrer"
        return response
    }
}
