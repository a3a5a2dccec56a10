package import Gate

/// `guests`: what visitors get who are not members.
package struct GuestSettings: Hashable, Sendable {
    package enum Sessions: String, Sendable, CaseIterable {
        /// A browser that shows on its second read that it keeps cookies gets an anonymous session.
        case secondRead = "second-read"
        /// The first read already makes one. Crawlers then make users by the thousand.
        case firstRead = "first-read"
        /// Guests never get a session.
        case off
    }

    /// `sessions`: when a guest gets an anonymous Appwrite session.
    package var sessions: Sessions
    /// `limit`: reads per guest session.
    package var limit: RateLimit
    /// `unidentified_limit`: reads per client address without a guest session.
    package var unidentifiedLimit: RateLimit
    /// `new_sessions_per_address`: anonymous sessions made per client address.
    package var newSessionsPerAddress: RateLimit

    package init(
        sessions: Sessions = .secondRead,
        limit: RateLimit = RateLimit(120, perSeconds: 60),
        unidentifiedLimit: RateLimit = RateLimit(60, perSeconds: 60),
        newSessionsPerAddress: RateLimit = RateLimit(20, perSeconds: 3600)
    ) {
        self.sessions = sessions
        self.limit = limit
        self.unidentifiedLimit = unidentifiedLimit
        self.newSessionsPerAddress = newSessionsPerAddress
    }
}
