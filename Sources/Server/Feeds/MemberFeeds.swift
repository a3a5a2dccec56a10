import Appwrite
import FoundationEssentials
import Gate
import Ground
import Logging
import Settings

/// Members' own feed addresses: what they prove, and what is known of the members behind them.
struct MemberFeeds: Sendable {
    let tokens: FeedTokens
    /// By the address's reader; it is fresh for as long as what is known of a session, and never good without Appwrite.
    private let readers: SessionCache
    private let reads: RateLimiter

    init(
        keys: ServerKeys,
        admin: AdminClient,
        failures: FailureLog,
        settings: Settings,
        now: @escaping @Sendable () -> Date
    ) {
        tokens = FeedTokens(keys: keys)
        readers = SessionCache(
            authority: FeedAuthority(
                admin: admin,
                onSilence: { failures.noteOnce($0, "a feed address could not be checked") }
            ),
            fingerprint: { keys.fingerprint(of: $0) },
            lifetime: settings.auth.cache,
            now: now
        )
        reads = RateLimiter(settings.guests.limit, now: now)
    }

    /// What is known of the member whose address it is; `.none` where the address is good no more.
    func standing(of address: FeedAddress, for feeds: [Route]) async -> Standing {
        await readers.standing(of: address.reader) { member in
            feeds.lazy.compactMap { $0.unknown(of: member) }.first
        }
    }

    /// Forgets what is known of a member, as after their addresses changed.
    func forget(userID: String) {
        readers.forget(userID: userID)
    }

    /// Counts one read of one of the member's feeds: as many as one guest may have.
    func count(_ address: FeedAddress) throws(Problem) {
        let verdict = reads.take(address.userID)
        guard verdict.isAllowed else {
            throw verdict.problem(.tooManyRequests, policy: "feed", limit: reads.limit)
        }
    }
}
