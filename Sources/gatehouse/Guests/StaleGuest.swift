import Appwrite
import FoundationEssentials

/// Which accounts are guests that nobody has been for long; whatever could be somebody's is none.
struct StaleGuest: Sendable {
    /// Nobody was there since.
    let before: Date
    /// Whether an account without a session counts as a guest's.
    let includesSessionless: Bool

    /// Why an account stays though it looked like an old guest.
    enum Doubt: String, Encodable, CaseIterable, Sendable {
        /// It is no guest's any more, or its guest was there meanwhile.
        case cameBack = "came_back"
        /// Blocked or labelled by whoever runs the site.
        case marked
        case inTeam = "in_team"
        /// A provider's account belongs to it.
        case connected
        /// It has a session of another kind, as accounts have that a program made for its own sign-in.
        case otherSession = "other_session"
        /// Nothing shows that it was a guest's: programs can make accounts without an address, too.
        case noSession = "no_session"
        /// Somebody else removed it.
        case gone
    }

    /// Whether it is a guest's, as far as the account itself tells.
    static func isGuest(_ account: Account) -> Bool {
        account.isAnonymous && !account.hasPassword && !account.isVerified && !account.mfa
    }

    /// Whether nobody was there for long; an account of which that is not known is new.
    func isOld(_ account: Account) -> Bool {
        guard let accessed = account.accessedAt, let made = account.registration else { return false }
        return accessed < before && made < before
    }

    /// What speaks against removing it; nil where nothing does.
    ///
    /// `admin` looks at all that belongs to it, as it is now.
    func doubt(about id: String, _ admin: AdminClient) async throws(AppwriteFailure) -> Doubt? {
        do throws(AppwriteFailure) {
            let sessions = try await admin.sessions(ofUser: id)
            if sessions.isEmpty, !includesSessionless { return .noSession }
            guard sessions.allSatisfy({ $0.provider == "anonymous" }) else { return .otherSession }
            guard try await admin.identities(ofUser: id).isEmpty else { return .connected }
            guard try await admin.teams(ofUser: id).isEmpty else { return .inTeam }
            // Last, so that as little time as can be lies between this look and the end.
            let account = try await admin.user(id)
            guard Self.isGuest(account), isOld(account) else { return .cameBack }
            return account.status && account.labels.isEmpty ? nil : .marked
        } catch .notFound {
            return .gone
        }
    }
}
