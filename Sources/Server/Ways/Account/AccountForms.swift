import Appwrite
import Ground
import Hummingbird
import Logging
import Settings

/// Does what the forms of the account page ask for.
struct AccountForms: Sendable {
    let desk: Desk

    /// `id` is what stands in the route in place of `{id}`; empty where it has none.
    func submit(_ change: AccountChange, _ id: String, _ form: FormBody, _ arrival: Arrival) async throws
        -> Response
    {
        try desk.demandOurForm(form, for: .account, from: arrival)
        try desk.limits.check(.account, of: arrival)
        return try await desk.asOwner(arrival, then: desk.auth.routes.account) { owner in
            do {
                return try await answer(change, id, form, owner, arrival)
            } catch let problem as Problem where problem.isOfForm && !arrival.wantsJSON {
                return try await explain(problem, change, form, owner, arrival)
            }
        }
    }
}

extension AccountForms {
    private func answer(
        _ change: AccountChange,
        _ id: String,
        _ form: FormBody,
        _ owner: Owner,
        _ arrival: Arrival
    ) async throws -> Response {
        let factors = AccountFactors(desk: desk)
        let verification = AccountVerification(desk: desk)
        switch change {
        case .name: try await changeName(form, owner, arrival)
        case .email: try await changeEmail(form, owner, arrival)
        case .phone: try await changePhone(form, owner, arrival)
        case .password: try await changePassword(form, owner, arrival)
        case .verifyEmail: try await verification.mail(owner, arrival)
        case .verifyPhone: return try await verification.message(owner, arrival)
        case .confirmPhone:
            if let page = try await verification.confirm(form, owner, arrival) { return page }
        case .endOtherSessions: try await AccountSessions(desk: desk).endOthers(owner, arrival)
        case .disconnect: try await AccountIdentities(desk: desk).disconnect(id, owner, arrival)
        case .beginAuthenticator: return try await factors.begin(owner, arrival)
        case .confirmAuthenticator:
            if let codes = try await factors.confirm(form, owner, arrival) { return codes }
        case .removeAuthenticator: try await factors.remove(owner, arrival)
        case .secondFactorOn: if let codes = try await factors.switchOn(owner, arrival) { return codes }
        case .secondFactorOff: try await factors.switchOff(owner, arrival)
        case .recoveryCodes: return try await factors.renewCodes(owner, arrival)
        case .feeds: try await AccountFeeds(desk: desk).renew(owner, arrival)
        case .noFeeds: try await AccountFeeds(desk: desk).remove(owner, arrival)
        case .delete: return try await AccountDeletion(desk: desk).delete(form, owner, arrival)
        }
        // What is remembered of the member may be another now.
        desk.sessions.forget(userID: owner.id)
        desk.logger.info(
            "account changed",
            metadata: [
                "request": "\(arrival.requestID)", "user": "\(owner.id)", "change": "\(change.word)",
            ]
        )
        if arrival.wantsJSON { return try .json(Success()) }
        let account = desk.way(to: desk.auth.routes.account, in: desk.language(of: arrival))
        return .seeOther("\(account)\(account.contains("?") ? "&" : "?")done=\(change.word)")
    }

    /// The page that the form stands on, with what is wrong; a page that cannot be made leaves the problem itself.
    private func explain(
        _ problem: Problem,
        _ change: AccountChange,
        _ form: FormBody,
        _ owner: Owner,
        _ arrival: Arrival
    ) async throws -> Response {
        if change == .delete {
            return try await AccountDeletion(desk: desk).page(for: owner, arrival, problem)
        }
        if change == .confirmAuthenticator,
            let page = try AuthenticatorPage(desk: desk).page(again: form, owner, arrival, problem)
        {
            return page
        }
        let typed = String((form[change.rawValue] ?? "").trimmingSpaces.prefix(Self.longestShown))
        let mistake = AccountPage.Mistake(
            change: change,
            problem: problem,
            typed: change == .password ? "" : typed
        )
        return try await AccountPage(desk: desk).page(for: owner, arrival, mistake)
    }

    /// In characters: what is typed back into a form.
    private static let longestShown = 320
}

extension AccountForms {
    /// In characters, as Appwrite counts them.
    private static let longestName = 128

    private func changeName(_ form: FormBody, _ owner: Owner, _ arrival: Arrival) async throws(Problem) {
        let name = String((form["name"] ?? "").trimmingSpaces)
        guard name.unicodeScalars.count <= Self.longestName else { throw .nameRefused }
        try await change("the name was not changed", owner, arrival, refused: .nameRefused) {
            () async throws(AppwriteFailure) in _ = try await owner.client.updateName(name)
        }
    }

    private func changeEmail(_ form: FormBody, _ owner: Owner, _ arrival: Arrival) async throws(Problem) {
        let email = String((form["email"] ?? "").trimmingSpaces)
        guard email.contains("@"), EmailLength.isPossible(email) else { throw .emailRefused }
        let password = try await ownPassword(form, owner, arrival)
        try await change("the address was not changed", owner, arrival, refused: .emailRefused) {
            () async throws(AppwriteFailure) in
            _ = try await owner.client.updateEmail(email, password: password)
        }
        desk.limits.reset(.ownPassword, key: owner.id)
    }

    private func changePhone(_ form: FormBody, _ owner: Owner, _ arrival: Arrival) async throws(Problem) {
        let phone = (form["phone"] ?? "").filter { !" ()-./".contains($0) }
        guard PhoneNumber.isPossible(phone) else { throw .phoneRefused }
        let password = try await ownPassword(form, owner, arrival)
        try await change("the phone number was not changed", owner, arrival, refused: .phoneRefused) {
            () async throws(AppwriteFailure) in
            _ = try await owner.client.updatePhone(phone, password: password)
        }
        desk.limits.reset(.ownPassword, key: owner.id)
    }

    /// Where the project says so, Appwrite ends every other session; what is remembered of them goes with all that is remembered
    /// of the member.
    private func changePassword(_ form: FormBody, _ owner: Owner, _ arrival: Arrival) async throws(Problem) {
        let new = Secret(form["password"] ?? "")
        guard PasswordLength.isPossible(new) else { throw .passwordRefused }
        let account = try await account(owner, arrival)
        let old = account.hasPassword ? try tried(form["old_password"], owner) : nil
        // A first password is a new way in, and nothing else shows that it is the member who chooses it.
        if old == nil, account.mfa { try await AccountFactors(desk: desk).demandFresh(owner, arrival) }
        do {
            _ = try await owner.client.updatePassword(new, old: old)
        } catch {
            throw switch error {
            case .invalidCredentials: noted(error, arrival, .wrongOwnPassword)
            case .argumentInvalid: noted(error, arrival, .passwordRefused)
            // The limit is one for all members of the site: it goes by address, and that is this server's.
            case .rateLimited(let seconds):
                noted(error, arrival, Problem.passwordsBusy.retrying(after: seconds ?? 600))
            default: desk.problem(error, "the password was not changed", owner, arrival)
            }
        }
        desk.limits.reset(.ownPassword, key: owner.id)
    }
}

extension AccountForms {
    /// The password by which a member shows that it is them, and not somebody who found the browser open.
    ///
    /// Appwrite makes the one that is sent the account's where it has none: such a member chooses one first, knowingly.
    private func ownPassword(_ form: FormBody, _ owner: Owner, _ arrival: Arrival) async throws(Problem)
        -> Secret
    {
        guard try await account(owner, arrival).hasPassword else { throw .passwordFirst }
        return try tried(form["current_password"], owner)
    }

    /// Appwrite does not limit how often a password is tried here.
    private func tried(_ password: String?, _ owner: Owner) throws(Problem) -> Secret {
        let password = Secret(password ?? "")
        guard PasswordLength.isPossible(password) else { throw .wrongOwnPassword }
        try desk.limits.check(.ownPassword, key: owner.id)
        return password
    }

    private func account(_ owner: Owner, _ arrival: Arrival) async throws(Problem) -> Account {
        do {
            return try await owner.client.account()
        } catch {
            throw desk.problem(error, "the account cannot be read", owner, arrival)
        }
    }

    /// Makes a change; `refused` says in a visitor's words that Appwrite does not take the value.
    private func change(
        _ what: Logger.Message,
        _ owner: Owner,
        _ arrival: Arrival,
        refused: Problem,
        _ work: () async throws(AppwriteFailure) -> Void
    ) async throws(Problem) {
        do {
            try await work()
        } catch {
            let problem = desk.problem(error, what, owner, arrival)
            throw switch error {
            case .invalidCredentials: .wrongOwnPassword
            case .argumentInvalid, .conflict: refused
            default: problem
            }
        }
    }

    private func noted(_ failure: AppwriteFailure, _ arrival: Arrival, _ problem: Problem) -> Problem {
        desk.note(failure, "the password was not changed", arrival)
        return problem
    }
}
