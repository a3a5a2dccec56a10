import Appwrite
import Gate
import Ground

/// Asks Appwrite with the key about the member behind a feed address, who has no session there.
///
/// An address is good while the member's account says so: it is there, not blocked, and holds the address's salt.
struct FeedAuthority: SessionAuthority {
    let admin: AdminClient
    /// Hears why nothing could be learned.
    let onSilence: @Sendable (AppwriteFailure) -> Void

    func standing(of reader: Secret) async -> Standing {
        let parts = reader.revealed.split(separator: "~").map(String.init)
        guard parts.count == 2 else { return .none }
        do throws(AppwriteFailure) {
            let account = try await admin.user(parts[0])
            guard let salt = FeedSalt(of: account), salt.secret == Secret(parts[1]) else { return .none }
            guard account.status else { return .blocked }
            if account.isAnonymous { return .guest(id: account.id) }
            return .member(Member(account))
        } catch {
            return standing(error)
        }
    }

    func learn(_ detail: Member.Detail, of member: Member, secret: Secret) async -> Learned {
        do throws(AppwriteFailure) {
            switch detail {
            case .teams: return .names(Set(try await admin.teams(ofUser: member.id).keys))
            case .roles(let team): return .names(try await admin.teams(ofUser: member.id)[team] ?? [])
            // Behind an address is no session that could have shown any.
            case .factors: return .names([])
            }
        } catch {
            return .standing(standing(error))
        }
    }

    private func standing(_ failure: AppwriteFailure) -> Standing {
        if failure == .notFound { return .none }
        onSilence(failure)
        return .unanswered(retryAfter: 5)
    }
}

extension FeedSalt {
    /// That of an account whose member wants feed addresses.
    init?(of account: Account) {
        guard let text = account.preferences.members[Self.preference]?.text else { return nil }
        self.init(text)
    }
}
