import Appwrite
import Ground
import HTTPTypes
import Hummingbird
import Logging
import Settings
import Theme

/// The end of an account, which nothing brings back.
struct AccountDeletion: Sendable {
    let desk: Desk

    func page(_ arrival: Arrival) async throws -> Response {
        try desk.limits.check(.account, of: arrival)
        let here = desk.auth.routes.account
        return try await desk.asOwner(arrival, then: here) { try await page(for: $0, arrival) }
    }

    /// Asks for the account's e-mail address, or for what it is known by else.
    func page(for owner: Owner, _ arrival: Arrival, _ problem: Problem? = nil) async throws -> Response {
        let language = desk.language(of: arrival)
        let account = desk.auth.routes.account
        let page = FormPage(
            template: "delete-account",
            title: ("delete_account", "Delete the account"),
            use: .account,
            form: ["action": .text(desk.way(to: account.below(AccountChange.delete.rawValue), in: language))],
            values: [
                "name": .text(Self.name(of: try await self.account(of: owner, arrival))),
                "account_href": .text(desk.way(to: account, in: language)),
            ],
            isMember: true
        )
        return try desk.page(page, arrival, in: language, problem: problem)
    }

    func delete(_ form: FormBody, _ owner: Owner, _ arrival: Arrival) async throws -> Response {
        let account = try await account(of: owner, arrival)
        let typed = (form["confirm"] ?? "").trimmingSpaces
        guard typed.lowercased() == Self.name(of: account).lowercased() else { throw Problem.notConfirmed }
        if account.mfa { try await AccountFactors(desk: desk).demandFresh(owner, arrival) }
        do throws(AppwriteFailure) {
            try await owner.client.deleteAccount()
        } catch {
            throw desk.problem(error, "the account was not deleted", owner, arrival)
        }
        desk.sessions.forget(userID: owner.id)
        desk.feeds.forget(userID: owner.id)
        for secret in arrival.secrets { desk.sessions.end(secret, isKnown: secret == owner.secret) }
        desk.logger.info(
            "account deleted",
            metadata: ["request": "\(arrival.requestID)", "user": "\(owner.id)"]
        )
        return try farewell(arrival)
    }
}

extension AccountDeletion {
    /// What must be typed, so that nobody deletes an account by a slip: the address, the number, or the id.
    private static func name(of account: Account) -> String {
        [account.email, account.phone].first { !$0.isEmpty } ?? account.id
    }

    private func account(of owner: Owner, _ arrival: Arrival) async throws(Problem) -> Account {
        do {
            return try await owner.client.account()
        } catch {
            throw desk.problem(error, "the account cannot be read", owner, arrival)
        }
    }

    private func farewell(_ arrival: Arrival) throws -> Response {
        let cookies = desk.cookie.cleared + [desk.visits.cleared]
        var response: Response
        if arrival.wantsJSON {
            response = try .json(Success(), cookies: cookies)
        } else {
            response = .page(
                try desk.page(
                    "account-deleted",
                    title: ("account_deleted", "Account deleted"),
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
