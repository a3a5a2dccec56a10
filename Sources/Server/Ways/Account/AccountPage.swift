import Appwrite
import Ground
import Hummingbird
import Logging
import Settings
import Theme

/// Who am I, where am I signed in, and a form for everything that a member may change.
struct AccountPage: Sendable {
    let desk: Desk

    func page(_ arrival: Arrival) async throws -> Response {
        try desk.limits.check(.account, of: arrival)
        return try await desk.asOwner(arrival, then: desk.auth.routes.account) { owner in
            try await page(for: owner, arrival)
        }
    }

    /// A form that was refused, and what was typed into it; never a password.
    struct Mistake: Sendable {
        let change: AccountChange
        let problem: Problem
        let typed: String
    }

    /// The page, perhaps with what went wrong in one of its forms.
    func page(for owner: Owner, _ arrival: Arrival, _ mistake: Mistake? = nil) async throws -> Response {
        let shown = try await shown(to: owner, arrival)
        let (token, cookie) = desk.tokens.issue(for: .account, to: arrival.fields)
        let language = desk.language(of: arrival)
        var values = AccountValues(desk: desk, language: language).values(of: shown, mistake)
        values["member_feeds"] = await AccountFeeds(desk: desk).values(of: shown.account, in: language)
        values["form"] = .table(["token": .text(token)])
        if let done = AccountChange.allCases.first(where: { $0.word == arrival.query["done"] }) {
            values["done"] = .text(desk.told(done, in: language))
        }
        let html = try desk.page(
            "account",
            title: ("account", "Your account"),
            in: language,
            isMember: true,
            values
        )
        var response = Response.page(html, mistake?.problem.status ?? .ok, cookies: cookie.map { [$0] } ?? [])
        if let mistake { response.headers.append(contentsOf: mistake.problem.fields) }
        return response
    }
}

extension AccountPage {
    /// What the page tells of an account.
    struct Shown: Sendable {
        let account: Account
        let sessions: [SessionDetail]
        /// nil where Appwrite does not say.
        let identities: [Identity]?
        /// nil where Appwrite does not say.
        let factors: Set<Factor>?
    }

    /// Asks for everything at once; without the account and its sessions there is no page.
    private func shown(to owner: Owner, _ arrival: Arrival) async throws(Problem) -> Shown {
        async let identities = identities(of: owner, arrival)
        async let factors = factors(of: owner, arrival)
        do {
            async let sessions = owner.client.sessions()
            return Shown(
                account: try await owner.client.account(),
                sessions: try await sessions,
                identities: await identities,
                factors: await factors
            )
        } catch {
            throw desk.problem(
                error as? AppwriteFailure ?? .cancelled,
                "the account cannot be shown",
                owner,
                arrival
            )
        }
    }

    /// An older Appwrite has none, and a page without them still tells the rest.
    private func identities(of owner: Owner, _ arrival: Arrival) async -> [Identity]? {
        do {
            return try await owner.client.identities()
        } catch {
            desk.note(error, "identities cannot be listed", arrival)
            return nil
        }
    }
}

extension AccountPage {
    private func factors(of owner: Owner, _ arrival: Arrival) async -> Set<Factor>? {
        do {
            return try await owner.client.factors().enabled
        } catch {
            desk.note(error, "factors cannot be listed", arrival)
            return nil
        }
    }
}

extension Desk {
    /// That a change was made, in the theme's words.
    func told(_ change: AccountChange, in language: String) -> String {
        let word = "done_\(change.word)"
        return current.value.pages.words(in: language).text(word) ?? "Done."
    }
}

extension AccountChange {
    /// What the theme's words call it.
    var word: String {
        switch self {
        case .name, .email, .phone, .password, .delete: rawValue
        case .verifyEmail: "mail_sent"
        case .verifyPhone: "code_sent"
        case .confirmPhone: "verified"
        case .endOtherSessions: "end_others"
        case .disconnect: "disconnect"
        case .beginAuthenticator: "authenticator_begun"
        case .confirmAuthenticator: "authenticator"
        case .removeAuthenticator: "authenticator_removed"
        case .secondFactorOn: "second_factor_on"
        case .secondFactorOff: "second_factor_off"
        case .recoveryCodes: "recovery_codes"
        case .feeds: "feeds"
        case .noFeeds: "feeds_off"
        }
    }
}
