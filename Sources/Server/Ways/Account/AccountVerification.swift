import Appwrite
import Ground
import Hummingbird
import Logging
import Settings

/// Proving the account's address and number, from the account page.
struct AccountVerification: Sendable {
    let desk: Desk

    /// Mails the link; what is verified already needs none.
    func mail(_ owner: Owner, _ arrival: Arrival) async throws(Problem) {
        try desk.limits.check(.mailAddress, arrival.address)
        try desk.limits.check(.mailReceiver, key: owner.id)
        do throws(AppwriteFailure) {
            try await desk.sendVerification(owner.client, arrival)
        } catch {
            if error == .conflict { return }
            throw desk.problem(error, "a mail that proves an address was not sent", owner, arrival)
        }
    }

    /// Sends the code, and shows the page on which it is typed.
    func message(_ owner: Owner, _ arrival: Arrival) async throws -> Response {
        try desk.limits.check(.messageAddress, arrival.address)
        try desk.limits.check(.messageReceiver, key: owner.id)
        let account: Account
        do throws(AppwriteFailure) {
            account = try await owner.client.account()
            try await owner.client.sendPhoneVerification()
        } catch {
            throw desk.problem(error, "a code that proves a number was not sent", owner, arrival)
        }
        if arrival.wantsJSON { return try .json(Success()) }
        return try page(to: account.phone, arrival)
    }

    /// Takes the code; the page once more where it is wrong.
    func confirm(_ form: FormBody, _ owner: Owner, _ arrival: Arrival) async throws -> Response? {
        let code = Secret((form["code"] ?? "").filter { !$0.isWhitespace })
        do {
            guard (1...256).contains(code.revealed.utf8.count) else { throw Problem.codeRefused }
            try desk.limits.check(.codeUser, key: owner.id)
            do throws(AppwriteFailure) {
                try await desk.plain.verifyPhone(userID: owner.id, secret: code, for: arrival.caller)
            } catch {
                desk.note(error, "a number was not verified", arrival)
                throw error == .invalidToken || error == .notFound ? Problem.codeRefused : Problem(error)
            }
            desk.limits.reset(.codeUser, key: owner.id)
            return nil
        } catch let problem as Problem where problem.isOfForm && !arrival.wantsJSON {
            return try page(to: form["phone"] ?? "", arrival, problem: problem)
        }
    }

    private func page(to phone: String, _ arrival: Arrival, problem: Problem? = nil) throws -> Response {
        let language = desk.language(of: arrival)
        let account = desk.auth.routes.account
        let form = CodeForm(
            medium: .phone,
            action: desk.way(to: account.below(AccountChange.confirmPhone.rawValue), in: language),
            again: desk.way(to: account.below(AccountChange.verifyPhone.rawValue), in: language),
            receiver: phone,
            back: desk.way(to: account, in: language),
            use: .account,
            isMember: true
        )
        return try desk.page(form, arrival, in: language, problem: problem)
    }
}
