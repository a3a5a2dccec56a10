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
        /// The start of a round trip to an OAuth provider, or what one or a mailed link brings, counted by address.
        case oneTime
        /// What a round trip or a mailed link brings, counted by whose it is; a right one clears the count.
        case secretUser
        /// The end of one round trip, counted by its nonce: each ends once.
        case oauthTrip
        /// A mail that is asked for, counted by who asks.
        case mailAddress
        /// A mail, counted by whom it is for.
        case mailReceiver
        /// The same for text messages, which cost money.
        case messageAddress, messageReceiver
        /// A code to sign in that was typed, counted by address.
        case codeAddress
        /// A code to sign in that was typed, counted by user; the right one clears the count.
        case codeUser
        /// A second factor, asked for or shown, counted by address.
        case factorAddress
        /// A second factor that was shown, counted by user; the right one clears the count.
        case factorUser
        /// A look at one's own account.
        case account
        /// The member's own password, shown for a change, counted by user; the right one clears the count.
        case ownPassword
        /// A session secret that nobody vouches for, to be looked up at Appwrite.
        case question
        /// An address of a member's feed that we did not make, counted by client address.
        case feedAddress
    }

    private let limiters: [Use: RateLimiter]
    private let delays: [Use: GrowingDelay]
    /// One count for all visitors together.
    private let totals: [Use: RateLimiter]

    init(now: @escaping @Sendable () -> Date) {
        limiters = Dictionary(
            uniqueKeysWithValues: Use.allCases.map { ($0, RateLimiter($0.limit, now: now)) }
        )
        delays = Dictionary(
            uniqueKeysWithValues: Use.allCases.filter(\.isGuess).map { use in
                let interval = TimeInterval(use.limit.seconds) / TimeInterval(use.limit.count)
                let delay = GrowingDelay(
                    free: use.limit.count,
                    first: interval,
                    longest: Self.longestDelay,
                    now: now
                )
                return (use, delay)
            }
        )
        totals = Dictionary(
            uniqueKeysWithValues: Use.allCases.compactMap { use in
                use.total.map { (use, RateLimiter($0, capacity: 1, now: now)) }
            }
        )
    }

    /// Counts one, or throws the problem that says when to try again.
    func check(_ use: Use, _ address: ClientAddress) throws(Problem) {
        try check(use, key: address.limitKey)
    }

    /// Counts one for the session that we vouch for, so that members behind one address do not shut each other out, and else
    /// for the address.
    func check(_ use: Use, of arrival: Arrival) throws(Problem) {
        try check(use, key: arrival.vouched.map { "session \($0.visit.mark)" } ?? arrival.address.limitKey)
    }

    /// Counts one for an e-mail address, in whatever case it is written.
    func check(_ use: Use, email: String) throws(Problem) {
        try check(use, key: email.lowercased())
    }

    func reset(_ use: Use, email: String) {
        reset(use, key: email.lowercased())
    }

    /// After a success: gives back what was counted, and ends the row of failures.
    func reset(_ use: Use, key: String) {
        limiters[use]?.reset(key)
        delays[use]?.reset(key)
    }

    /// Ends the row of an address's failures.
    ///
    /// What was counted stays: an account of one's own must not be a licence to guess at others.
    func endDelay(_ use: Use, _ address: ClientAddress) {
        delays[use]?.reset(address.limitKey)
    }

    /// Counts one for a key.
    ///
    /// Whoever must wait is not counted: not for themselves, since waiting would then never end, and not for all, since one
    /// stranger could then close the door to everybody.
    func check(_ use: Use, key: String) throws(Problem) {
        guard let limiter = limiters[use] else { return }
        if let wait = delays[use]?.wait(key), wait > 0 {
            throw RateLimiter.Verdict(isAllowed: false, remaining: 0, retryAfter: wait)
                .problem(.tooManyRequests, policy: use.name, limit: limiter.limit)
        }
        let verdict = limiter.take(key)
        guard verdict.isAllowed else {
            throw verdict.problem(.tooManyRequests, policy: use.name, limit: limiter.limit)
        }
        if let total = totals[use] {
            let verdict = total.take("all")
            guard verdict.isAllowed else {
                throw verdict.problem(.tooManyRequests, policy: "\(use.name)-all", limit: total.limit)
            }
        }
        delays[use]?.count(key)
    }

    /// In seconds.
    private static let longestDelay: TimeInterval = 3600
}

extension AbuseLimits.Use {
    /// Whether it is a try to guess something: then a row of failures makes the next try wait longer and longer.
    fileprivate var isGuess: Bool {
        switch self {
        case .signInAddress, .signInAccount, .secretUser, .codeAddress, .codeUser, .factorAddress,
            .factorUser,
            .ownPassword:
            true
        case .signUp, .oneTime, .oauthTrip, .mailAddress, .mailReceiver, .messageAddress, .messageReceiver,
            .account,
            .question, .feedAddress:
            false
        }
    }

    /// What all visitors together may ask for, so that many addresses do not keep Appwrite busy; nil where something else
    /// bounds it.
    fileprivate var total: RateLimit? {
        switch self {
        case .signInAddress: RateLimit(600, perSeconds: 60)
        case .signUp: RateLimit(120, perSeconds: 60)
        case .oneTime: RateLimit(600, perSeconds: 60)
        case .question: RateLimit(1200, perSeconds: 60)
        case .mailAddress: RateLimit(300, perSeconds: 60)
        case .messageAddress: RateLimit(60, perSeconds: 60)
        case .codeAddress: RateLimit(600, perSeconds: 60)
        case .signInAccount, .secretUser, .oauthTrip, .mailReceiver, .messageReceiver, .codeUser,
            .factorAddress,
            .factorUser, .account, .ownPassword, .feedAddress:
            nil
        }
    }
}

extension AbuseLimits.Use {
    fileprivate var limit: RateLimit {
        switch self {
        case .signInAddress: RateLimit(100, perSeconds: 3600)
        case .signInAccount: RateLimit(10, perSeconds: 3600)
        case .signUp: RateLimit(10, perSeconds: 3600)
        case .oneTime: RateLimit(50, perSeconds: 3600)
        case .secretUser: RateLimit(10, perSeconds: 3600)
        case .oauthTrip: RateLimit(1, perSeconds: Int(Trip.Kind.oauth.lifetime))
        case .mailAddress: RateLimit(20, perSeconds: 3600)
        case .mailReceiver: RateLimit(10, perSeconds: 3600)
        case .messageAddress: RateLimit(10, perSeconds: 3600)
        case .messageReceiver: RateLimit(5, perSeconds: 3600)
        case .codeAddress: RateLimit(100, perSeconds: 3600)
        case .codeUser: RateLimit(10, perSeconds: 3600)
        case .factorAddress: RateLimit(100, perSeconds: 3600)
        case .factorUser: RateLimit(10, perSeconds: 3600)
        case .account: RateLimit(60, perSeconds: 60)
        case .ownPassword: RateLimit(10, perSeconds: 3600)
        case .question: RateLimit(60, perSeconds: 60)
        case .feedAddress: RateLimit(60, perSeconds: 60)
        }
    }

    fileprivate var name: String {
        switch self {
        case .signInAddress, .signInAccount: "sign-in"
        case .signUp: "sign-up"
        case .oneTime, .secretUser, .oauthTrip: "one-time"
        case .mailAddress, .mailReceiver: "mail"
        case .messageAddress, .messageReceiver: "message"
        case .codeAddress, .codeUser: "code"
        case .factorAddress, .factorUser: "second-factor"
        case .account: "account"
        case .ownPassword: "own-password"
        case .question: "sessions"
        case .feedAddress: "feed"
        }
    }
}
