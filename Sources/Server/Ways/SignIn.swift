import Appwrite
import Ground
import HTTPTypes
import Hooks
import Hummingbird
import Logging
import Settings
import Theme

/// Signing in with an e-mail address and a password, and the page that offers every way in.
struct SignIn: Sendable {
    let desk: Desk

    func page(_ arrival: Arrival) throws -> Response {
        try form(arrival, to: desk.target(arrival.query["to"]), in: desk.language(of: arrival))
    }

    func submit(_ form: FormBody, _ arrival: Arrival) async throws -> Response {
        try desk.demandOurForm(form, for: .signIn, from: arrival)
        let target = desk.target(form["to"])
        let language = desk.language(of: arrival, goingTo: form["to"])
        let email = form["email"]?.trimmingSpaces ?? ""
        guard let password = form["password"], !email.isEmpty, !password.isEmpty else {
            return try self.form(
                arrival,
                to: target,
                in: language,
                email: String(email),
                problem: .wrongPassword
            )
        }
        do {
            let session = try await session(String(email), Secret(password), arrival)
            return try await desk.welcome(
                session,
                arrival,
                arrival.wantsJSON ? .json : .redirect(target),
                way: Self.way
            )
        } catch let problem as Problem {
            return try self.form(arrival, to: target, in: language, email: String(email), problem: problem)
        }
    }
}

extension SignIn {
    /// The page with what went wrong in one of its other forms.
    func explain(_ problem: Problem, _ form: FormBody, _ arrival: Arrival) throws -> Response {
        try self.form(
            arrival,
            to: desk.target(form["to"]),
            in: desk.language(of: arrival, goingTo: form["to"]),
            email: String((form["email"] ?? "").prefix(320)),
            phone: String((form["phone"] ?? "").prefix(40)),
            problem: problem
        )
    }

    /// What events call it.
    private static let way = "password"

    private func session(_ email: String, _ password: Secret, _ arrival: Arrival) async throws(Problem)
        -> Session
    {
        try desk.limits.check(.signInAddress, arrival.address)
        guard EmailLength.isPossible(email) else { throw .wrongPassword }
        try desk.limits.check(.signInAccount, email: email)
        do {
            let session = try await desk.pace.holdFailure { () async throws(AppwriteFailure) in
                try await desk.admin.createEmailSession(
                    email: email,
                    password: password,
                    for: arrival.caller
                )
            }
            desk.limits.reset(.signInAccount, email: email)
            desk.limits.endDelay(.signInAddress, arrival.address)
            return session
        } catch {
            desk.note(error, "sign-in failed", arrival)
            // Appwrite refuses what cannot be an e-mail address or a password by its shape; for a visitor that is the same.
            let problem = if case .argumentInvalid = error { Problem.wrongPassword } else { Problem(error) }
            desk.tell(.refused, arrival, way: Self.way, reason: problem.code)
            throw problem
        }
    }

    /// The page, perhaps with what went wrong; JSON for those who want that.
    private func form(
        _ arrival: Arrival,
        to target: PagePath,
        in language: String,
        email: String = "",
        phone: String = "",
        problem: Problem? = nil
    ) throws -> Response {
        if let problem, arrival.wantsJSON { throw problem }
        let (auth, routes) = (desk.auth, desk.auth.routes)
        func action(_ isOn: Bool, _ path: PagePath) -> TemplateValue {
            .text(isOn ? desk.way(to: path, in: language) : "")
        }
        var values: [String: TemplateValue] = [
            "email_password": .flag(auth.emailPassword), "by_mail": .flag(auth.sendsMail),
            "email_field": .flag(auth.emailPassword || auth.sendsMail),
            "link_action": action(auth.magicURL, routes.magicURL),
            "code_action": action(auth.emailOTP, routes.code(.email)),
            "phone_action": action(auth.phoneOTP, routes.code(.phone)),
            // Where the first button is none of a password, somebody new comes in by the same door.
            "makes_account": .flag(auth.signUp && !auth.emailPassword && (auth.sendsMail || auth.phoneOTP)),
            "providers": .list(auth.oauth.map { provider(of: $0, to: target) }),
        ]
        if auth.emailPassword {
            values["recover_href"] = .text(desk.way(to: routes.recover, then: target, in: language))
        }
        if auth.canSignUp {
            values["sign_up_href"] = .text(desk.way(to: routes.signUp, then: target, in: language))
        }
        if problem == nil, let done = arrival.query["done"], ["recovered", "verified"].contains(done) {
            let word = desk.current.value.pages.words(in: language).text("done_\(done)")
            values["done"] = .text(word ?? "Done.")
        }
        if problem == nil, let end = arrival.query["ended"].flatMap(SessionEnd.init), end != .lost {
            values["ended"] = .text(desk.told(.signedOut(by: end), in: language))
        }
        let page = FormPage(
            template: "sign-in",
            title: ("sign_in", "Sign in"),
            use: .signIn,
            form: [
                "action": .text(desk.way(to: routes.login, in: language)), "to": .text(target.encoded),
                "email": .text(email), "phone": .text(phone),
            ],
            values: values
        )
        return try desk.page(page, arrival, in: language, problem: problem)
    }

    private func provider(of provider: OAuthProvider, to target: PagePath) -> TemplateValue {
        let start = desk.auth.routes.oauth.below(provider.name)
        return .table([
            "name": .text(provider.name), "title": .text(provider.title),
            "href": .text("\(start.encoded)?to=\(target.encoded)"),
        ])
    }
}
