import Appwrite
import FoundationEssentials
import Gate
import Ground
import Hooks
import Logging
import Settings

/// What every way in needs: the clients, the cookies, the limits, and what visitors' sessions are known to be.
struct Desk: Sendable {
    let auth: AuthSettings
    /// Whoever is no member must not learn which private paths there are.
    let conceals: Bool
    /// The site's own origin, such as `https://example.org`.
    let origin: String
    let trustedProxies: [AddressRange]
    let admin: AdminClient
    /// Asks without a key, where one would be refused.
    let plain: PlainClient
    /// Makes a client that carries one visitor's secret, for one request, and says who the visitor is.
    let client: @Sendable (Secret, Caller) -> SessionClient
    let keys: ServerKeys
    let cookie: SessionCookie
    let visits: VisitCookie
    let tokens: FormToken
    let ownOrigin: OwnOrigin
    let trips: Trip
    let pace: Pace
    let sessions: SessionCache
    let feeds: MemberFeeds
    let limits: AbuseLimits
    let current: CurrentRelease
    let failures: FailureLog
    let events: AuthEvents
    let logger: Logger
    let now: @Sendable () -> Date

    /// What is known of an arrival's session, asking Appwrite where it must be asked.
    ///
    /// Each secret that came along is tried until one is a member's; what is known without asking goes first. Secrets that
    /// nobody vouches for may be made up by the thousand, so an address may have only so many of them looked up.
    ///
    /// `need` says what must be known of a member before they can be judged.
    ///
    /// - Returns: the best standing, and the secret that it belongs to; nil with `.none`.
    /// - Throws: `Problem.tooManyRequests` where the address has had too many looked up.
    func standing(of arrival: Arrival, need: @escaping SessionCache.Need = { _ in nil })
        async throws(Problem) -> (Standing, Secret?)
    {
        for secret in arrival.secrets {
            if let known = sessions.cached(secret, need: need), known.isMember {
                return (known, secret)
            }
        }
        var best: (standing: Standing, secret: Secret?) = (.none, nil)
        for secret in arrival.secrets {
            var standing = sessions.cached(secret, need: need)
            if standing == nil {
                if secret != arrival.vouched?.secret { try limits.check(.question, arrival.address) }
                standing = await sessions.standing(of: secret, need: need)
            }
            guard let standing, standing.rank > best.standing.rank else { continue }
            best = (standing, secret)
            if standing.isMember { break }
        }
        return best
    }

    /// Tells the log why Appwrite refused something to an arrival.
    func note(_ failure: AppwriteFailure, _ what: Logger.Message, _ arrival: Arrival) {
        failures.note(failure, what, ["request": "\(arrival.requestID)"])
    }

    /// Where the visitor goes on to: a page of this site, or the account page.
    func target(_ text: String?) -> PagePath {
        if text == auth.routes.account.text { return auth.routes.account }
        return (conceals ? ReturnTarget(concealed: text) : ReturnTarget(text, among: current.value.table))
            .page
    }

    /// Demands that a posted form is ours: sent from this site, and made here for this browser.
    func demandOurForm(_ form: FormBody, for use: FormToken.Use, from arrival: Arrival) throws(Problem) {
        let isOurs =
            switch form.encoding {
            case .form:
                ownOrigin.isSource(of: arrival.fields)
                    && tokens.isGood(form[FormToken.fieldName], for: use, from: arrival.fields)
            case .json: ownOrigin.mayBeSource(of: arrival.fields)
            }
        guard isOurs else { throw .notOurForm }
    }
}
