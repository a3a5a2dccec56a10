import FoundationEssentials
import Gate

/// Our own limits on what passwords can be guessed with, accounts filled up with, and Appwrite kept busy with.
///
/// The API key lifts Appwrite's limits, so these stand in their place and are modelled on them (Appwrite, Rate limits).
struct AbuseLimits: Sendable {
    enum Use: CaseIterable, Sendable {
        /// A sign-in, counted by address.
        case signInAddress
        /// A sign-in, counted by e-mail address; a successful one clears the count.
        case signInAccount
        case signUp
        /// The start or the end of a round trip to an OAuth provider, counted by address.
        case oauth
        /// The end of a round trip, counted by the user whose token it brings; a successful one clears the count.
        case oauthUser
        /// The end of one round trip, counted by its nonce: each ends once.
        case oauthTrip
        /// A look at one's own account.
        case account
        /// The member's own password, shown for a change, counted by user; the right one clears the count.
        case ownPassword
        /// A session secret that nobody vouches for, to be looked up at Appwrite.
        case question
    }

    private let limiters: [Use: RateLimiter]

    init(now: @escaping @Sendable () -> Date) {
        limiters = Dictionary(
            uniqueKeysWithValues: Use.allCases.map { ($0, RateLimiter($0.limit, now: now)) }
        )
    }

    /// Counts one, or throws the problem that says when to try again.
    func check(_ use: Use, _ address: ClientAddress) throws(Problem) {
        try check(use, key: address.limitKey)
    }

    /// Counts one for an e-mail address, in whatever case it is written.
    func check(_ use: Use, email: String) throws(Problem) {
        try check(use, key: email.lowercased())
    }

    func reset(_ use: Use, email: String) {
        reset(use, key: email.lowercased())
    }

    func reset(_ use: Use, key: String) {
        limiters[use]?.reset(key)
    }

    /// Counts one for a key of no more than some hundred bytes, since keys stay in memory.
    func check(_ use: Use, key: String) throws(Problem) {
        guard let limiter = limiters[use] else { return }
        let verdict = limiter.take(key)
        guard verdict.isAllowed else {
            throw verdict.problem(.tooManyRequests, policy: use.name, limit: limiter.limit)
        }
    }
}

extension AbuseLimits.Use {
    fileprivate var limit: RateLimit {
        switch self {
        case .signInAddress: RateLimit(100, perSeconds: 3600)
        case .signInAccount: RateLimit(10, perSeconds: 3600)
        case .signUp: RateLimit(10, perSeconds: 3600)
        case .oauth: RateLimit(50, perSeconds: 3600)
        case .oauthUser: RateLimit(10, perSeconds: 3600)
        case .oauthTrip: RateLimit(1, perSeconds: Int(OAuthTrip.lifetime))
        case .account: RateLimit(60, perSeconds: 60)
        case .ownPassword: RateLimit(10, perSeconds: 3600)
        case .question: RateLimit(60, perSeconds: 60)
        }
    }

    fileprivate var name: String {
        switch self {
        case .signInAddress, .signInAccount: "sign-in"
        case .signUp: "sign-up"
        case .oauth, .oauthUser, .oauthTrip: "oauth"
        case .account: "account"
        case .ownPassword: "own-password"
        case .question: "sessions"
        }
    }
}
