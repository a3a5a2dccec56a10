import Appwrite
import Gate
import Ground
import Hummingbird
import Logging
import Settings

/// A session that lacks a second factor, or of which one is asked for once more.
struct PendingFactor: Sendable {
    /// Why it is asked for.
    enum Reason: Sendable {
        /// The account asks for two.
        case account
        /// The session has what it needs, and shows it again for something that asks for a fresh one.
        case again
        /// The page does, where it leads on to.
        case page(Route)
    }

    let secret: Secret
    let client: SessionClient
    let reason: Reason
    /// What the session has shown: Appwrite counts each factor once.
    let used: Set<String>

    /// Which factors may be shown, in a fixed order.
    func offered(_ arrival: Arrival, _ desk: Desk) async throws(Problem) -> [Factor] {
        do {
            let enabled = try await client.factors().enabled
            return Factor.allCases.filter {
                enabled.contains($0) && (reason.isAgain || !used.contains($0.rawValue))
            }
        } catch {
            throw desk.problem(error, "factors cannot be listed", secret, arrival)
        }
    }
}

extension PendingFactor.Reason {
    var isAgain: Bool { if case .again = self { true } else { false } }

    /// Whether the page asks for it, and not the account.
    var isOfPage: Bool { if case .page = self { true } else { false } }
}

extension Desk {
    /// What a visitor to the page for second factors finds there.
    enum FactorVisit {
        case pending(PendingFactor)
        /// Nothing is to be shown; where the visitor goes instead.
        case elsewhere(String)
    }

    func factorVisit(_ arrival: Arrival, then target: PagePath, again: Bool) async throws(Problem)
        -> FactorVisit
    {
        let route = again ? nil : current.value.table[target]
        let (standing, secret) = try await standing(of: arrival) { route?.unknown(of: $0) }
        let language = language(of: arrival, goingTo: target.encoded)
        var reason = again ? PendingFactor.Reason.again : .account
        var shown: Set<String>?
        if case .member(let member) = standing, !again {
            guard let route, route.decision(for: standing) == .secondFactor else {
                return .elsewhere(target.encoded)
            }
            reason = .page(route)
            shown = member.names(of: .factors)
        }
        switch standing {
        case .moreFactors, .member:
            guard let secret else { throw .internalError }
            let visit = arrival.vouched?.secret == secret ? arrival.vouched?.visit : nil
            var caller = arrival.caller
            // In which a code is mailed.
            caller.locale = language.lowercased()
            return .pending(
                PendingFactor(
                    secret: secret,
                    client: client(secret, caller),
                    reason: standing.isMember ? reason : .account,
                    used: shown ?? Set(visit?.factors ?? [])
                )
            )
        case .none, .guest:
            guard auth.canSignIn, !arrival.wantsJSON else { throw .signInNeeded }
            return .elsewhere(way(to: auth.routes.login, then: target, in: language))
        case .blocked, .passwordReset, .unanswered:
            throw Problem(Decision(visibility: .private, requirements: [], standing: standing))
        }
    }
}
