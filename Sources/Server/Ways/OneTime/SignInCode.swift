import Appwrite
import Ground
import HTTPTypes
import Hummingbird
import Logging
import Settings
import Theme

/// Signing in with a code that is sent by mail or as a text message.
struct SignInCode: Sendable {
    let desk: Desk
    let medium: CodeMedium

    /// Sends a code, and shows the page on which it is typed.
    func send(_ form: FormBody, _ arrival: Arrival) async throws -> Response {
        try desk.demandOurForm(form, for: .signIn, from: arrival)
        let target = desk.target(form["to"])
        let receiver = Receiver(form, medium)
        do {
            let receiver = try receiver.possible()
            try desk.limits.check(receiver, from: arrival.address)
            let userID = try await desk.pace.hold { () async throws(Problem) in
                try await send(to: receiver, arrival)
            }
            let ticket = CodeTicket(medium, userID: userID, now: desk.now())
            return try page(Typing(ticket: ticket, receiver: receiver.text, to: target), arrival)
        } catch let problem as Problem {
            return try SignIn(desk: desk).explain(problem, form, arrival)
        }
    }

    /// Takes the code.
    func check(_ form: FormBody, _ arrival: Arrival) async throws -> Response {
        try desk.demandOurForm(form, for: .signIn, from: arrival)
        let target = desk.target(form["to"])
        guard let ticket = CodeTicket(form["ticket"], medium, desk.keys, now: desk.now()) else {
            return try SignIn(desk: desk).explain(.codeRefused, form, arrival)
        }
        do {
            return try await OneTimeSignIn(desk: desk, way: .code(medium)).finish(
                userID: ticket.userID,
                secret: Secret((form["code"] ?? "").filter { !$0.isWhitespace }),
                arrival,
                arrival.wantsJSON ? .json : .redirect(target)
            )
        } catch let problem as Problem {
            let problem = problem == .wrongToken ? .codeRefused : problem
            guard !arrival.wantsJSON, problem.isOfForm else { throw problem }
            let typing = Typing(ticket: ticket, receiver: Receiver(form, medium).text, to: target)
            return try page(typing, arrival, problem: problem)
        }
    }
}

extension SignInCode {
    private struct Typing {
        let ticket: CodeTicket
        /// Where the code went, as it was typed.
        let receiver: String
        let to: PagePath
    }

    private struct Sent: Encodable {
        var success = true
        let ticket: String
    }

    /// Whose code was sent; for who is unknown, where the site takes nobody new, somebody who is not there.
    private func send(to receiver: Receiver, _ arrival: Arrival) async throws(Problem) -> String {
        let caller = desk.caller(arrival)
        do throws(AppwriteFailure) {
            guard try await desk.mayReceive(receiver) else { return CodeTicket.nobody(now: desk.now()) }
            return switch medium {
            case .email: try await desk.admin.sendEmailCode(to: receiver.text, for: caller).userID
            case .phone: try await desk.admin.sendPhoneCode(to: receiver.text, for: caller).userID
            }
        } catch {
            desk.note(error, "a code was not sent", arrival)
            guard error.isAboutReceiver else { throw Problem(error, to: medium) }
            return CodeTicket.nobody(now: desk.now())
        }
    }

    /// The page on which the code is typed, perhaps with what went wrong; JSON for those who want that.
    private func page(_ typing: Typing, _ arrival: Arrival, problem: Problem? = nil) throws -> Response {
        if arrival.wantsJSON { return try .json(Sent(ticket: typing.ticket.text(desk.keys))) }
        let language = desk.language(of: arrival, goingTo: typing.to.encoded)
        let routes = desk.auth.routes
        let form = CodeForm(
            medium: medium,
            action: desk.way(to: routes.codeCheck(medium), in: language),
            again: desk.way(to: routes.code(medium), in: language),
            receiver: typing.receiver,
            to: typing.to.encoded,
            ticket: typing.ticket.text(desk.keys),
            back: desk.way(to: routes.login, then: typing.to, in: language),
            use: .signIn
        )
        return try desk.page(form, arrival, in: language, problem: problem)
    }
}
