import Appwrite
import Gate
import Ground
import Logging
import NIOCore
import Settings
import Theme

/// A member's own feed addresses on the account page: made, renewed and taken back there.
struct AccountFeeds: Sendable {
    let desk: Desk

    /// Makes addresses, in place of those that were there; these are good no more from now on.
    ///
    /// An address opens feeds without any second factor for as long as it is there, so one is asked for now where the account has
    /// one.
    func renew(_ owner: Owner, _ arrival: Arrival) async throws(Problem) {
        let account: Account
        do throws(AppwriteFailure) {
            // By this the addresses are judged: a key that may not read it would make addresses that open nothing.
            account = try await desk.admin.user(owner.id)
        } catch {
            throw desk.problem(error, "feed addresses cannot be made", owner, arrival)
        }
        if account.mfa { try await AccountFactors(desk: desk).demandFresh(owner, arrival) }
        try await keep(.fresh(), owner, arrival)
    }

    /// Takes all addresses back.
    func remove(_ owner: Owner, _ arrival: Arrival) async throws(Problem) {
        try await keep(nil, owner, arrival)
    }

    /// What the account page's template is given; nil where there is nothing for this member.
    func values(of account: Account, in language: String) async -> TemplateValue? {
        guard desk.auth.feeds else { return nil }
        let salt = FeedSalt(of: account)
        let release = desk.current.value
        guard salt != nil || release.feeds.contains(where: { mayRead(account, $0) }) else { return nil }
        func action(_ change: AccountChange) -> TemplateValue {
            .text(desk.way(to: desk.auth.routes.account.below(change.rawValue), in: language))
        }
        var table: [String: TemplateValue] = ["renew_action": action(.feeds)]
        guard let salt else { return .table(table) }
        table["on"] = true
        table["off_action"] = action(.noFeeds)
        guard let listed = await listed(of: release, for: account, salt) else {
            table["unknown"] = true
            return .table(table)
        }
        table["list"] = .list(listed)
        return .table(table)
    }
}

extension AccountFeeds {
    /// On one page; a site with more sections has its feeds at the sections, too.
    private static let most = 100

    private func keep(_ salt: FeedSalt?, _ owner: Owner, _ arrival: Arrival) async throws(Problem) {
        do throws(AppwriteFailure) {
            // All of them are replaced, and others keep theirs there, too.
            var preferences = try await owner.client.preferences()
            preferences.members[FeedSalt.preference] = salt.map { .text($0.secret.revealed) }
            try await owner.client.updatePreferences(preferences)
        } catch {
            throw desk.problem(error, "feed addresses were not changed", owner, arrival)
        }
        desk.feeds.forget(userID: owner.id)
    }

    /// Whether the member may read a feed by an address, as far as the account says; of teams it says nothing.
    private func mayRead(_ account: Account, _ feed: Route) -> Bool {
        let member = Member(account).learning(.factors, [])
        return feed.unknown(of: member) != nil || feed.decision(for: .member(member)) == .allow
    }

    /// The feeds that the member may read now, each with their own address; nil where it cannot be known.
    private func listed(of release: Release, for account: Account, _ salt: FeedSalt) async -> [TemplateValue]?
    {
        func address(_ feed: PagePath) -> FeedAddress {
            FeedAddress(userID: account.id, salt: salt, feed: feed)
        }
        let standing = await desk.feeds.standing(of: address(.root), for: release.feeds)
        if case .unanswered = standing { return nil }
        var listed: [TemplateValue] = []
        for feed in release.feeds.filter({ $0.decision(for: standing) == .allow }).prefix(Self.most) {
            let format = FeedFormat(feed)
            // A feed whose bytes cannot be read now is called by its path.
            let bytes = try? await release.files.bytes(of: Representation(feed))
            let title = bytes.flatMap { FeedTitle.of($0.readableBytesView, format) }
            let token = desk.feeds.tokens.token(for: address(feed.path)).revealed
            listed.append(
                .table([
                    "title": .text(title ?? feed.path.text), "format": .text(format.rawValue),
                    "url": .text("\(desk.origin)\(desk.auth.routes.feeds.encoded)/\(token)"),
                ])
            )
        }
        return listed
    }
}
